import bs58 from 'bs58';
import { messageHashOf } from '../bundle/derive.ts';
import { keyOf } from '../chain/address.ts';
import type { RawAccount } from '../chain/ports.ts';
import { expectationsOf } from '../lifecycle/expected.ts';
import { textOf } from '../proposals/judge.ts';
import { type AccountType, decodeAccount, NO_KEY } from '../restaking/accounts.ts';
import { restakingPdas } from '../restaking/pdas.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins, UnixSeconds } from '../types.ts';
import {
  type AccountBytes,
  decodeProposal,
  decodeVaultTransaction,
  SQUADS_PROGRAM,
  verifyTransaction,
} from '../verify/index.ts';
import { type Carried, carriedBy, councilSubject, type Subject } from './carried.ts';
import type { Audit, AuditEpoch, AuditTransaction, Sent } from './document.ts';

/** What an audit says of its own content; whoever writes one and whoever checks one derive it here. */

type Accounts = Audit['accounts'];
const keyText = (bytes: Uint8Array): Address => bs58.encode(bytes) as Address;

/** Of one council transaction, from the bytes of the accounts. */
export function statedOf(
  sip: Sip,
  pins: Pins,
  transactionIndex: number,
  own: AuditTransaction['accounts'],
  { multisig, config, sipRecord }: Accounts,
  chainTime: UnixSeconds,
): Omit<AuditTransaction, 'transactionIndex' | 'accounts' | 'history'> {
  const { verdict, part, parts } = verifyTransaction({
    pins,
    transactionIndex: BigInt(transactionIndex),
    text: textOf(sip, pins),
    accounts: { multisig, config, sipRecord, ...own },
    clock: chainTime,
  });
  const transaction = ofSquads(own.transaction, decodeVaultTransaction);
  const proposal = ofSquads(own.proposal, decodeProposal);
  return {
    creator: transaction ? keyText(transaction.creator) : null,
    messageHash: messageHashOf(own.transaction),
    verdict,
    part,
    parts,
    status: proposal?.status ?? null,
    approved: (proposal?.approved ?? []).map(keyText),
    rejected: (proposal?.rejected ?? []).map(keyText),
    cancelled: (proposal?.cancelled ?? []).map(keyText),
  };
}

function ofSquads<T>(
  account: AccountBytes | null,
  decode: (data: Uint8Array) => { readonly ok: true; readonly value: T } | { readonly ok: false },
): T | undefined {
  if (account === null || account.owner !== SQUADS_PROGRAM) return undefined;
  const decoded = decode(account.data);
  return decoded.ok ? decoded.value : undefined;
}

/** Of one transaction that was sent, from its bytes; undefined where they carry no step of the subject. */
export function sentOf(
  bytes: Uint8Array,
  subject: Subject,
): (Omit<Sent, 'slot' | 'blockTime'> & { readonly created: Carried['created'] }) | undefined {
  const carried = carriedBy(bytes, subject);
  if (carried === undefined || carried.steps.length === 0) return undefined;
  const { signature, feePayer, overNonce, steps, besides, created } = carried;
  return { signature, feePayer, overNonce, steps: [...steps], besides: [...besides], bytes, created };
}

export const subjectOfEpoch = ({ programId }: Pins, index: number): Subject => ({
  program: programId,
  accounts: [restakingPdas(programId).epoch(index)],
});
export { councilSubject };

/** Of one epoch, from the bytes of its account. */
export function epochStated(
  pins: Pins,
  account: AccountBytes | null,
): Omit<AuditEpoch, 'index' | 'account' | 'caps' | 'history'> {
  const epoch = decoded('Epoch', account, pins);
  return {
    status: epoch?.status ?? null,
    scheduledBy: epoch?.scheduledBy ?? null,
    opensAt: (epoch?.terms.opensAt ?? null) as UnixSeconds | null,
    closesAt: (epoch?.terms.closesAt ?? null) as UnixSeconds | null,
    activatedBy: epoch === undefined || epoch.activatedBy === NO_KEY ? null : epoch.activatedBy,
    activatedAt: (epoch?.activatedAt || null) as UnixSeconds | null,
  };
}

export function capStated(pins: Pins, account: AccountBytes): Omit<AuditEpoch['caps'][number], 'account'> {
  const cap = decoded('EpochCap', account, pins);
  return { capBaseUnits: cap?.cap ?? 0n, filledBaseUnits: cap?.filled ?? 0n };
}

/** Addresses of the caps that the text sets for an epoch. */
export function capsOf(sip: Sip, pins: Pins, index: number): readonly Address[] {
  return expectationsOf(sip, pins)
    .filter(({ type, fields }) => type === 'EpochCap' && fields?.index === index)
    .map(({ account }) => account);
}

function decoded<T extends AccountType>(type: T, account: AccountBytes | null, pins: Pins) {
  const raw: RawAccount | null = account && {
    address: keyOf(account.address),
    owner: keyOf(account.owner),
    data: account.data,
    lamports: 0n,
    executable: false,
  };
  return decodeAccount(type, raw, pins.programId);
}
