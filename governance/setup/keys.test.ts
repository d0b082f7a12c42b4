import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { addressOf } from '../chain/address.ts';
import { endpointOf, genesisOfMoniker } from '../profile/clusters.ts';
import idl from '../restaking/generated/restaking.json' with { type: 'json' };
import {
  derivedSigner,
  developmentProgramSigner,
  isLoopback,
  refuseDevelopmentKey,
  requireBinaryOf,
} from './keys.ts';

const development = addressOf(developmentProgramSigner().publicKey);
const LOCAL = '6F9pB6t8cimmr9GfzTXSabpsGPs3NAR2hWDYKS79NSh7';
const refusal = (endpoint: string, genesis: string | null = LOCAL) => {
  try {
    refuseDevelopmentKey(development, endpoint, genesis);
    return null;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('the development key', () => {
  it('is the one that the program is compiled for', () => {
    expect(development).toBe(idl.address);
    expect(readFileSync('programs/restaking/src/id.rs', 'utf8')).toContain(development);
  });

  it.each(['http://127.0.0.1:8899', 'http://127.9.8.7', 'http://localhost:1', 'https://[::1]:8899/x'])(
    'is for %s',
    (endpoint) => {
      expect(isLoopback(endpoint)).toBe(true);
      expect(refusal(endpoint)).toBe(null);
    },
  );

  it.each([
    'https://api.devnet.solana.com',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'http://0.0.0.0:8899',
    'http://203.0.113.5:8899',
    'http://[::2]:8899',
    'http://user:127.0.0.1@example.org',
  ])('is not for %s, whatever answers there', (endpoint) => {
    expect(refusal(endpoint, null)).toBe('DEVELOPMENT_KEY_REFUSED');
    expect(refusal(endpoint)).toBe('DEVELOPMENT_KEY_REFUSED');
  });

  it('is not for a public cluster behind a tunnel', () => {
    expect(refusal(endpointOf('l'), genesisOfMoniker('m'))).toBe('DEVELOPMENT_KEY_REFUSED');
    expect(refusal(endpointOf('l'), genesisOfMoniker('d'))).toBe('DEVELOPMENT_KEY_REFUSED');
  });

  it('is the only one that is refused', () => {
    const other = addressOf(keypairSigner().publicKey);
    expect(() => refuseDevelopmentKey(other, endpointOf('m'), LOCAL)).not.toThrow();
  });
});

describe('the binary', () => {
  const key = keypairSigner().publicKey;
  const elf = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, ...new Uint8Array(99), ...key.toBytes(), 1]);

  it('holds the 32 bytes of the key', () => {
    expect(() => requireBinaryOf(addressOf(key), elf, 'p.so')).not.toThrow();
    for (const wrong of [elf.slice(0, -2), elf.slice(1)])
      expect(() => requireBinaryOf(addressOf(key), wrong, 'p.so')).toThrow(
        expect.objectContaining({ code: 'PROGRAM_BINARY_WRONG' }),
      );
  });
});

describe('derived keys', () => {
  it('are the same for the same deployer and purpose, and no other', async () => {
    const [one, other] = [keypairSigner(), keypairSigner()];
    const of = async (signer: typeof one, purpose: string) =>
      addressOf((await derivedSigner(signer, purpose)).publicKey);
    expect(await of(one, 'a')).toBe(await of(one, 'a'));
    expect(new Set([await of(one, 'a'), await of(one, 'b'), await of(other, 'a')]).size).toBe(3);
  });
});
