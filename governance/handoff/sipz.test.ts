import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { Keypair } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SipError } from '#governance/errors.ts';
import type { Digest } from '#governance/types.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { offchainMessage } from './offchain-message.ts';
import { exportHandoff, importHandoff, type ReadSip } from './sipz.ts';

/** Stands in for sip/: the number is what follows "SIP: ". */
const readSip: ReadSip = (text) => {
  const number = /^SIP: (\d+)$/m.exec(new TextDecoder().decode(text))?.[1];
  if (number === undefined) throw new SipError('SIP_INVALID', { file: 'inside', detail: 'no number' });
  return { sip: Number(number), digest: bytesToHex(sha256(text)) as Digest };
};
const TEXT = new TextEncoder().encode(
  '# Solayer Improvement Proposal (SIP)\n\nSIP: 8\nTitle: Whitelist JupSOL – ünï\r\n',
);
const author = keypairSigner(Keypair.fromSeed(new Uint8Array(32).fill(8)));

const change = (file: Uint8Array, with_: Record<string, unknown>) =>
  new TextEncoder().encode(
    JSON.stringify({ ...(JSON.parse(new TextDecoder().decode(file)) as object), ...with_ }),
  );

describe('.sipz', () => {
  it('carries a SIP byte for byte with its author', async () => {
    const file = await exportHandoff(TEXT, author, readSip);
    const handoff = importHandoff(file, 'x.sipz', readSip);
    expect(handoff).toMatchObject({
      sip: 8,
      text: TEXT,
      author: author.publicKey.toBase58(),
      digest: readSip(TEXT).digest,
    });
    expect(file).toEqual(await exportHandoff(TEXT, author, readSip));
  });

  it('signs the message that the Solana CLI signs', () => {
    const message = offchainMessage('Solayer SIP-8 00');
    expect(bytesToHex(message)).toBe(
      `ff${bytesToHex(new TextEncoder().encode('solana offchain'))}00001000${bytesToHex(new TextEncoder().encode('Solayer SIP-8 00'))}`,
    );
    for (const text of ['', 'ü', 'a\n', 'x'.repeat(1213)])
      expect(() => offchainMessage(text)).toThrow(RangeError);
  });

  it('refuses another text, number, digest, author or signature', async () => {
    const file = await exportHandoff(TEXT, author, readSip);
    const other = keypairSigner();
    const text9 = new TextEncoder().encode('SIP: 9\n');
    const cases: [Record<string, unknown>, string][] = [
      [{ text: Buffer.from(text9).toString('base64') }, 'HANDOFF_INVALID'],
      [{ text: Buffer.from('no number').toString('base64') }, 'SIP_INVALID'],
      [{ sip: 9 }, 'HANDOFF_INVALID'],
      [{ digest: '00'.repeat(32) }, 'HANDOFF_INVALID'],
      [{ digest: readSip(TEXT).digest.toUpperCase() }, 'HANDOFF_INVALID'],
      [{ author: other.publicKey.toBase58() }, 'HANDOFF_SIGNATURE_INVALID'],
      [{ author: '11111111111111111111111111111111' }, 'HANDOFF_SIGNATURE_INVALID'],
      [{ author: 'nobody' }, 'HANDOFF_INVALID'],
      [{ signature: '1'.repeat(64) }, 'HANDOFF_SIGNATURE_INVALID'],
      [{ schemaVersion: 2 }, 'HANDOFF_INVALID'],
      [{ extra: 1 }, 'HANDOFF_INVALID'],
    ];
    for (const [with_, code] of cases)
      expect(() => importHandoff(change(file, with_), 'x.sipz', readSip), JSON.stringify(with_)).toThrow(
        expect.objectContaining({ code }),
      );
    expect(() => importHandoff(new Uint8Array(500 * 1024), 'x', readSip)).toThrow(
      expect.objectContaining({ code: 'HANDOFF_INVALID' }),
    );
  });

  it('refuses any file with a bit changed, without another kind of failure', async () => {
    const file = await exportHandoff(TEXT, author, readSip);
    const before = JSON.stringify(JSON.parse(new TextDecoder().decode(file)));
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const changed = file.slice();
        changed[at] = changed[at]! ^ (1 << bit);
        try {
          importHandoff(changed, 'x', readSip);
        } catch (error) {
          return error instanceof SipError;
        }
        // Only white space between the fields may differ.
        return JSON.stringify(JSON.parse(new TextDecoder().decode(changed))) === before;
      }),
    );
  });
});
