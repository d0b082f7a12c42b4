import { beforeEach, describe, expect, it } from 'vitest';
import { LAST_SEEN_FILE, type LastSeen } from '#desktop/shared/last-seen.ts';
import { SipError } from '#governance/errors.ts';
import { memoryFiles } from '#test/support/memory-ports.ts';
import { LastSeenFile } from './last-seen.ts';

const row = (id: string, detail: string) => ({
  ...({ id, detail, symbol: '=', tone: 'ok', title: 'SIP-8', verb: 'Review', primary: false } as const),
  chip: { text: 'match', tone: 'ok' as const },
  route: 'tx/1/effect',
});
const seen = (at: number, id = 'tx-1', detail = 'in 3 h'): LastSeen => ({
  ...({ schemaVersion: 1, theme: 'dark', profile: 'live', at } as const),
  inbox: { now: at / 1000, sections: [{ title: 'Needs your vote', rows: [row(id, detail)] }] },
});

let stored: Map<string, Uint8Array>;
let file: LastSeenFile;
beforeEach(() => {
  stored = new Map();
  file = new LastSeenFile(memoryFiles(stored));
});
const written = async (): Promise<LastSeen | undefined> => {
  await file.settled();
  const bytes = stored.get(LAST_SEEN_FILE);
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as LastSeen);
};

describe('what was seen last', () => {
  it('is written when something else waits, and not for words of time alone', async () => {
    file.note(seen(1_000));
    file.note(seen(2_000, 'tx-1', 'in 2 h'));
    expect(await written()).toEqual(seen(1_000));
    file.note(seen(3_000, 'tx-2'));
    expect(await written()).toEqual(seen(3_000, 'tx-2'));
  });

  it('is written every five minutes all the same', async () => {
    file.note(seen(0));
    file.note(seen(300_000, 'tx-1', 'in 2 h'));
    expect(await written()).toEqual(seen(300_000, 'tx-1', 'in 2 h'));
  });

  it('is gone when somebody goes to another profile, and comes back with what is seen there', async () => {
    file.note(seen(1_000));
    file.forget();
    expect(await written()).toBeUndefined();
    file.note(seen(2_000));
    expect(await written()).toEqual(seen(2_000));
  });

  it('a disk that takes nothing stops nothing', async () => {
    const full = new SipError('FILE_UNWRITABLE', { path: LAST_SEEN_FILE, reason: 'no space' });
    file = new LastSeenFile({ ...memoryFiles(stored), write: () => Promise.reject(full) });
    file.note(seen(1_000));
    await expect(file.settled()).resolves.toBeUndefined();
  });
});
