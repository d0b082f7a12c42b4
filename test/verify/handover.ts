import { sha256 } from '@noble/hashes/sha2';
import { type PublicKey, SYSVAR_INSTRUCTIONS_PUBKEY, TransactionInstruction } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import type { SipText, VerifyInput } from '#governance/verify/index.ts';
import {
  acceptAuthorityData,
  account,
  configPda,
  honestInput,
  le,
  messageOf,
  storedOf,
  textOf,
  transactionFields,
  type World,
  wireOf,
} from './world.ts';

/** The acceptance of a hand-over: part 0 of its SIP, a transaction of the new council. */

const ZERO = new Uint8Array(32);

export interface ConfigFields {
  readonly authority: PublicKey;
  readonly pending: {
    readonly authority: PublicKey;
    readonly council: PublicKey;
    readonly expiresAt: bigint;
    readonly sip: number;
    readonly digest: Uint8Array;
  } | null;
  readonly activeEpoch: number | null;
}

/** Config as Anchor writes it, in the room it allocates. */
export function configBytes({ authority, pending, activeEpoch }: ConfigFields): Uint8Array {
  const floors = [...le(2, 2), ...le(600, 4)];
  const bytes = [
    ...sha256(new TextEncoder().encode('account:Config')).subarray(0, 8),
    254,
    ...authority.toBytes(),
    ...[...ZERO, ...ZERO, ...ZERO],
    ...[0, ...ZERO, ...floors, ...ZERO],
    ...(pending?.authority.toBytes() ?? ZERO),
    ...[0, ...(pending?.council.toBytes() ?? ZERO), ...(pending === null ? le(0, 6) : floors)],
    ...[...le(pending?.expiresAt ?? 0n, 8), ...le(pending?.sip ?? 0, 4), ...(pending?.digest ?? ZERO)],
    ...[0, ...le(0, 8), ...le(4, 2), ...le(2, 2)],
    ...(activeEpoch === null ? [0] : [1, ...le(activeEpoch, 2)]),
    ...[1, ...le(3, 4)],
    ...new Uint8Array(128),
    ...(activeEpoch === null ? [0, 0] : []),
  ];
  return Uint8Array.from(bytes);
}

function acceptance(world: World, councilTx: bigint): TransactionInstruction {
  const ro = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: false });
  return new TransactionInstruction({
    programId: world.programId,
    keys: [
      { pubkey: world.vault, isSigner: true, isWritable: false },
      { pubkey: configPda(world.programId)[0], isSigner: false, isWritable: true },
      ro(world.council),
      ro(SYSVAR_INSTRUCTIONS_PUBKEY),
    ],
    data: Buffer.from(acceptAuthorityData(world.sip, world.digest, councilTx)),
  });
}

/** An honest acceptance by `world`'s council of a hand-over from `from`. */
export function handoverInput(
  world: World,
  from: PublicKey,
  config: Partial<ConfigFields> = {},
): VerifyInput {
  const text: SipText = {
    ...textOf(world),
    recompile(membersHash, councilTx, part) {
      if (part !== 0) return textOf(world).recompile(membersHash, councilTx, part);
      const message = wireOf(world.vault, [acceptance(world, councilTx)]);
      const accountMessage = storedOf(messageOf(message));
      return {
        part,
        parts: world.parts,
        transactionIndex: councilTx,
        vaultIndex: 0,
        message,
        accountMessage,
      };
    },
  };
  const message = messageOf(wireOf(world.vault, [acceptance(world, world.index)]));
  const input = honestInput(world, { ...transactionFields(world), message });
  const pending = {
    ...{ authority: world.vault, council: world.council, sip: world.sip, digest: world.digest },
    expiresAt: world.notAfter,
  };
  const bytes = configBytes({ authority: from, pending, activeEpoch: null, ...config });
  const [at] = configPda(world.programId);
  return {
    ...input,
    text,
    accounts: { ...input.accounts, sipRecord: null, config: account(at, world.programId, bytes) },
  };
}

export const otherVault = (world: World): PublicKey =>
  squads.getVaultPda({ multisigPda: world.creator, index: 0 })[0];
