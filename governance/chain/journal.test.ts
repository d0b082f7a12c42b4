import { describe, expect, it } from 'vitest';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { type Journal, openJournal, readJournal, withJournal } from './journal.ts';
import type { JournalEntry } from './journal-record.ts';

const HASH = 'ab'.repeat(32);
const intent = (what: string): JournalEntry => ({ kind: 'intent', what, messageHash: HASH });
const signed = (of: number, signature: string): JournalEntry => ({
  kind: 'signed',
  intent: of,
  signature,
  bytes: 'AQID',
  blockhash: 'h',
  lastValidBlockHeight: '7',
});
const outcome = (
  of: number,
  signature: string,
  result: 'landed' | 'failed' | 'expired' | 'unknown',
): JournalEntry => ({
  kind: 'outcome',
  intent: of,
  signature,
  result,
});

async function fill(journal: Journal): Promise<void> {
  const a = await journal.append(intent('approve 1'));
  await journal.append(signed(a, 's1'));
  await journal.append(outcome(a, 's1', 'unknown'));
  const b = await journal.append(intent('approve 2 – ünïcödé'));
  await journal.append(signed(b, 's2'));
  await journal.append(outcome(b, 's2', 'expired'));
  await journal.append(signed(b, 's3'));
  await journal.append(outcome(b, 's3', 'landed'));
  await journal.append(intent('approve 3'));
}

const STATES = ['unsettled', 'landed', 'open'];

describe('journal', () => {
  it('keeps what was meant, signed and learnt', async () => {
    const ports = memoryPorts();
    await withJournal(ports, fill);
    const journal = await openJournal(ports);
    expect(journal.tornBytes).toBe(0);
    expect(journal.intents().map(({ state }) => state)).toEqual(STATES);
    expect(journal.intents()[1]).toMatchObject({
      seq: 3,
      attempts: [{ outcome: { result: 'expired' } }, { signed: { signature: 's3' } }],
    });
    await journal.append({ kind: 'dropped', intent: journal.intents()[2]!.seq, reason: 'interrupted' });
    expect((await readJournal(ports.files)).map(({ state }) => state)).toEqual([
      'unsettled',
      'landed',
      'dropped',
    ]);
  });

  it('is held by one at a time', async () => {
    const ports = memoryPorts();
    const journal = await openJournal(ports);
    await expect(openJournal(ports)).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
    await journal.close();
    await (await openJournal(ports)).close();
  });

  it('takes away a torn tail of any length, says so, keeps it, and goes on', async () => {
    const ports = memoryPorts();
    await withJournal(ports, fill);
    const full = ports.stored.get('journal')!;
    const lastLine = full.lastIndexOf(0x0a, full.length - 2) + 1;
    for (let cut = lastLine + 1; cut < full.length; cut += 1) {
      const torn = memoryPorts({ stored: new Map([['journal', full.slice(0, cut)]]) });
      const journal = await openJournal(torn);
      expect(journal.tornBytes).toBe(cut - lastLine);
      expect(torn.stored.get('journal.torn')).toEqual(full.slice(lastLine, cut));
      expect(journal.intents().map(({ state }) => state)).toEqual(STATES.slice(0, 2));
      await journal.append(intent('again'));
      await journal.close();
      expect((await readJournal(torn.files)).length).toBe(3);
    }
  });

  it('takes zeros at the end, as a power loss leaves them, for a torn tail', async () => {
    const ports = memoryPorts();
    await withJournal(ports, fill);
    ports.stored.set('journal', Uint8Array.from([...ports.stored.get('journal')!, ...new Uint8Array(300)]));
    expect((await openJournal(ports)).tornBytes).toBe(300);
  });

  it('refuses a journal with any bit changed before its last line, or a line missing', async () => {
    const ports = memoryPorts();
    await withJournal(ports, fill);
    const full = ports.stored.get('journal')!;
    const lastLine = full.lastIndexOf(0x0a, full.length - 2) + 1;
    for (let at = 0; at < lastLine - 1; at += 3) {
      const changed = full.slice();
      changed[at] = changed[at]! ^ (1 << (at % 8));
      const damaged = memoryPorts({ stored: new Map([['journal', changed]]) });
      await expect(openJournal(damaged), `byte ${at}`).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
    }
    const secondLine = full.indexOf(0x0a) + 1;
    const thirdLine = full.indexOf(0x0a, secondLine) + 1;
    const missing = Uint8Array.from([...full.slice(0, secondLine), ...full.slice(thirdLine)]);
    await expect(openJournal(memoryPorts({ stored: new Map([['journal', missing]]) }))).rejects.toMatchObject(
      {
        code: 'JOURNAL_CORRUPT',
        facts: { line: 2, reason: 'the chain of hashes is broken' },
      },
    );
  });

  it('mends the file after an append that failed half way', async () => {
    const stored = new Map<string, Uint8Array>();
    let full = false;
    const ports = memoryPorts({ stored });
    const { append } = ports.files;
    ports.files.append = async (path, data) => {
      if (full) {
        await append(path, data.slice(0, 10));
        throw new Error('the disk is full');
      }
      await append(path, data);
    };
    const journal = await openJournal(ports);
    await journal.append(intent('one'));
    full = true;
    await expect(journal.append(intent('two'))).rejects.toThrow('the disk is full');
    full = false;
    await journal.append(intent('three'));
    expect((await readJournal(ports.files)).map((state) => state.intent.what)).toEqual(['one', 'three']);
  });

  it.each<[string, readonly JournalEntry[]]>([
    ['open', []],
    ['dropped', [{ kind: 'dropped', intent: 0, reason: 'r' }]],
    ['unsettled', [signed(0, 's1')]],
    ['unsettled', [signed(0, 's1'), outcome(0, 's1', 'unknown')]],
    ['unsettled', [signed(0, 's1'), outcome(0, 's2', 'landed')]],
    ['unsettled', [signed(0, 's1'), outcome(0, 's1', 'expired'), signed(0, 's2')]],
    ['landed', [signed(0, 's1'), outcome(0, 's1', 'unknown'), outcome(0, 's1', 'landed')]],
    ['failed', [signed(0, 's1'), outcome(0, 's1', 'failed')]],
    ['expired', [signed(0, 's1'), outcome(0, 's1', 'expired')]],
    ['landed', [signed(0, 's1'), signed(0, 's2'), signed(0, 's3'), outcome(0, 's3', 'landed')]],
    ['open', [signed(7, 's1'), outcome(7, 's1', 'landed'), { kind: 'dropped', intent: 7, reason: 'r' }]],
  ])('calls an intent %s after %j', async (state, entries) => {
    const ports = memoryPorts();
    await withJournal(ports, async (journal) => {
      for (const entry of [intent('approve'), ...entries]) await journal.append(entry);
    });
    expect((await readJournal(ports.files)).map((known) => known.state)).toEqual([state]);
  });

  it('writes what is added, makes durable what was there, and nothing else', async () => {
    const ports = memoryPorts();
    const { files } = ports;
    const calls: string[] = [];
    let fails = false;
    const noted = (call: string, path: string) => {
      calls.push(`${call} ${path}`);
      if (fails) throw new Error('the disk is full');
    };
    const watched = {
      ...ports,
      files: {
        ...files,
        sync: async (path: string) => noted('sync', path),
        write: async (path: string, data: Uint8Array) => {
          noted('write', path);
          await files.write(path, data);
        },
        append: async (path: string, data: Uint8Array) => {
          noted('append', path);
          await files.append(path, data);
        },
      },
    };
    const journal = await openJournal(watched);
    expect(calls.splice(0)).toEqual([]);
    await journal.append(intent('one'));
    expect(calls.splice(0)).toEqual(['append journal']);
    await journal.close();
    const again = await openJournal(watched);
    expect(calls.splice(0)).toEqual(['sync journal']);
    fails = true;
    await expect(again.append(intent('two'))).rejects.toThrow('the disk is full');
    fails = false;
    await again.append(intent('three'));
    await again.append(intent('four'));
    expect(calls).toEqual(['append journal', 'write journal', 'append journal', 'append journal']);
  });

  it('is the file it is told to be, and waits for it as long as it is told', async () => {
    const ports = memoryPorts();
    const waits: [string, number][] = [];
    const watched = {
      ...ports,
      lock: {
        acquire: (name: string, waitMs: number) => {
          waits.push([name, waitMs]);
          return ports.lock.acquire(name, waitMs);
        },
      },
    };
    const journal = await openJournal(watched, { path: 'other', waitMs: 7 });
    expect(journal.path).toBe('other');
    expect(await journal.append(intent('one'))).toBe(0);
    expect(await journal.append(intent('two'))).toBe(1);
    await openJournal(watched);
    expect(waits).toEqual([
      ['other', 7],
      ['journal', 5_000],
    ]);
    expect(await readJournal(ports.files)).toEqual([]);
    expect(await readJournal(ports.files, 'other')).toMatchObject([{ seq: 0 }, { seq: 1, dropped: false }]);
  });

  it('lets the folder go where it cannot be read', async () => {
    const ports = memoryPorts();
    ports.stored.set('journal', new TextEncoder().encode('\n'));
    await withJournal(ports, fill);
    const damaged = memoryPorts({ stored: new Map([['journal', ports.stored.get('journal')!.with(5, 0)]]) });
    for (let nth = 0; nth < 2; nth += 1)
      await expect(openJournal(damaged)).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
  });
});
