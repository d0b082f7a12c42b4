import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AddressLookupTableAccount,
  Keypair,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { instructions as squads } from '@sqds/multisig';
import { systemTimer } from '#governance/adapters/timer.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { compileSip } from '#governance/plan/compile.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import { readCouncil } from '#governance/venues/squads/state.ts';
import { bySquads } from './by-squads.ts';
import type { Launched } from './launch.ts';

/** Proposals that do something else than a text says, most of them with its digest, made by a member with Squads' own SDK. */

/** The last of the five voters. */
const SEAT = 4;
const STOLEN_LAMPORTS = 1_000_000_000;

interface Made {
  readonly instructions: readonly TransactionInstruction[];
  readonly tables?: readonly AddressLookupTableAccount[];
}
type Change = (honest: TransactionInstruction[], info: SandboxInfo) => Made;

const thiefOf = ({ members }: SandboxInfo) => new PublicKey(members[SEAT]!.publicKey);
const theft = (info: SandboxInfo) =>
  SystemProgram.transfer({
    fromPubkey: new PublicKey(info.vault),
    toPubkey: thiefOf(info),
    lamports: STOLEN_LAMPORTS,
  });

export const HOSTILE = {
  /** The last eight bytes of a cap's instruction are the cap. */
  'a cap a thousand times as high': (honest) => {
    const last = honest.at(-1)!;
    const at = last.data.length - 8;
    last.data.writeBigUInt64LE(last.data.readBigUInt64LE(at) * 1_000n, at);
    return { instructions: honest };
  },
  'a transfer out of the vault behind it': (honest, info) => ({ instructions: [...honest, theft(info)] }),
  'a cap less than announced': (honest) => ({ instructions: honest.slice(0, -1) }),
  'who gets it left to a lookup table': (honest, info) => {
    const state = { deactivationSlot: 2n ** 64n - 1n, lastExtendedSlot: 0, lastExtendedSlotStartIndex: 0 };
    const table = new AddressLookupTableAccount({
      key: Keypair.generate().publicKey,
      state: { ...state, addresses: [thiefOf(info)] },
    });
    return { instructions: [...honest, theft(info)], tables: [table] };
  },
  'a transfer in front of the announcement': (honest, info) => ({ instructions: [theft(info), ...honest] }),
  'a transfer alone, that names no text': (_, info) => ({ instructions: [theft(info)] }),
} satisfies Readonly<Record<string, Change>>;
export type Hostile = keyof typeof HOSTILE;

/** The app's own document of a number. */
export function documentOf({ dataDir }: Launched, number: number): string {
  const sips = join(dataDir, 'share', 'solayer-council', 'sips');
  const folder = join(sips, readdirSync(sips)[0]!);
  const file = readdirSync(folder).find((name) => Number(name.slice(4, 8)) === number);
  if (file === undefined) throw new Error(`the app has no SIP-${number}`);
  return join(folder, file);
}

/**
 * @param file a text of one part whose last instruction sets a cap
 * @returns index of the council's transaction
 */
export async function proposeHostile(info: SandboxInfo, file: string, change: Hostile): Promise<number> {
  const { programId, council, vault } = info;
  const rpc = connectRpc(info.rpcUrl, { timer: systemTimer });
  const { members, transactionIndex: newest } = await readCouncil(rpc, council);
  const transactionIndex = newest + 1n;
  const [part] = compileSip(parseUnnamed(readFileSync(file), file), {
    ...{ pins: { programId, council, vault }, members, transactionIndex },
  }).parts;
  const honest = (part?.instructions ?? []).map(
    (one) =>
      new TransactionInstruction({
        programId: new PublicKey(one.programId),
        keys: one.keys.map((key) => ({ ...key, pubkey: new PublicKey(key.pubkey) })),
        data: Buffer.from(one.data),
      }),
  );
  const { instructions, tables = [] } = (HOSTILE[change] as Change)(honest, info);
  await bySquads(info, SEAT, (creator) => {
    const target = { multisigPda: new PublicKey(council), transactionIndex, creator };
    const transactionMessage = new TransactionMessage({
      payerKey: new PublicKey(vault),
      recentBlockhash: PublicKey.default.toBase58(),
      instructions: [...instructions],
    });
    return [
      squads.vaultTransactionCreate({
        ...{ ...target, vaultIndex: 0, ephemeralSigners: 0, transactionMessage },
        addressLookupTableAccounts: [...tables],
      }),
      squads.proposalCreate(target),
    ];
  });
  return Number(transactionIndex);
}
