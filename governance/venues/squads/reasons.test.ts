import { describe, expect, it } from 'vitest';
import type { Address, Digest, UnixSeconds } from '#governance/types.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import {
  appendReason,
  appendTransactionReason,
  type Reason,
  readReasons,
  readTransactionReasons,
} from './reasons.ts';

const reason: Reason = {
  sip: 8,
  digest: 'ab'.repeat(32) as Digest,
  council: 'council' as Address,
  transactionIndex: 12n,
  vote: 'reject',
  who: 'member' as Address,
  when: 1_800_000_000n as UnixSeconds,
  signature: 'sig',
  text: 'The cap is too high.\nSee "the forum" – ünï.',
};

describe('reasons', () => {
  it('are kept in order beside the SIP file', async () => {
    const { files } = memoryPorts();
    expect(await readReasons(files, 'sip-0008-jupsol.md')).toEqual([]);
    await appendReason(files, 'sip-0008-jupsol.md', reason);
    await appendReason(files, 'sip-0008-jupsol.md', { ...reason, vote: 'approve', text: '' });
    expect(await files.list('.')).toEqual(['sip-0008-jupsol.md.reasons.jsonl']);
    expect(await readReasons(files, 'sip-0008-jupsol.md')).toEqual([
      reason,
      { ...reason, vote: 'approve', text: '' },
    ]);
  });

  it('are kept for a transaction without a text, too', async () => {
    const { files } = memoryPorts();
    const { sip: _, digest: __, ...given } = reason;
    expect(await readTransactionReasons(files)).toEqual([]);
    await appendTransactionReason(files, given);
    expect(await readTransactionReasons(files)).toEqual([given]);
  });

  it('are bounded, and a damaged line is named', async () => {
    const { files } = memoryPorts();
    await expect(appendReason(files, 'a.md', { ...reason, text: 'x'.repeat(4001) })).rejects.toMatchObject({
      code: 'USAGE',
    });
    await appendReason(files, 'a.md', reason);
    await files.append('a.md.reasons.jsonl', new TextEncoder().encode('{"schemaVersion":1}\n'));
    await expect(readReasons(files, 'a.md')).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      facts: { reason: 'line 2 is not a reason' },
    });
  });
});
