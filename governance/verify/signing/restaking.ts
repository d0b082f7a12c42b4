import type { Address } from '../../types.ts';
import { ascii, leBytes, readExactly, sameBytes } from '../bytes.ts';
import { instructionDiscriminator } from '../discriminator.ts';
import { configAddress, derive, SYSTEM_PROGRAM } from '../pda.ts';
import { checkAccounts, type Slot } from './accounts.ts';
import { Refusal } from './refusal.ts';
import type { Action, Line, Reading, Step } from './review.ts';

/** The restaking program's instructions that no SIP is needed for: those that do not take the authority as signer. */

const TOKEN = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address;
const ATA = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL' as Address;

interface Known {
  readonly name: string;
  readonly title: string;
  readonly amount?: true;
  slots(feePayer: Address, program: Address): readonly Slot[];
}

const config = (program: Address): Address => configAddress(program).address;
const any = (name: string, writable = false): Slot => ({ name, key: null, writable });

/** Accounts in the order of programs/restaking's IDL. */
const KNOWN: readonly Known[] = [
  {
    name: 'activate_epoch',
    title: 'Activate the next restaking epoch',
    slots: (payer, program) => [
      { name: 'epoch admin', key: payer, signer: true, writable: false },
      { name: 'config', key: config(program), writable: true },
      any('epoch', true),
    ],
  },
  {
    name: 'close_epoch',
    title: 'Close the active restaking epoch',
    slots: (_payer, program) => [
      { name: 'config', key: config(program), writable: true },
      any('epoch', true),
    ],
  },
  {
    name: 'guardian_pause',
    title: 'Pause the protocol as guardian',
    slots: (payer, program) => [
      { name: 'guardian', key: payer, signer: true, writable: false },
      { name: 'config', key: config(program), writable: true },
    ],
  },
  {
    name: 'thaw_receipts',
    title: 'Thaw receipts',
    slots: () => [
      any('pool'),
      any('receipt mint'),
      any('receipts', true),
      any('position'),
      { name: 'token program', key: TOKEN, writable: false },
    ],
  },
  {
    name: 'restake',
    title: 'Restake',
    amount: true,
    slots: (payer, program) => [
      { name: 'owner', key: payer, signer: true, writable: true },
      { name: 'config', key: config(program), writable: false },
      any('pool', true),
      any('epoch'),
      any('epoch cap', true),
      any('gatekeeper'),
      any('LST mint'),
      any('LST account', true),
      any('LST vault', true),
      any('receipt mint', true),
      any('receipts', true),
      any('LST token program'),
      { name: 'token program', key: TOKEN, writable: false },
      { name: 'ATA program', key: ATA, writable: false },
      { name: 'system program', key: SYSTEM_PROGRAM, writable: false },
    ],
  },
  {
    name: 'unrestake',
    title: 'Unrestake',
    amount: true,
    slots: (payer, program) => [
      { name: 'owner', key: payer, signer: true, writable: false },
      { name: 'config', key: config(program), writable: false },
      any('pool', true),
      any('position'),
      any('LST mint'),
      any('LST account', true),
      any('LST vault', true),
      any('receipt mint', true),
      any('receipts', true),
      any('LST token program'),
      { name: 'token program', key: TOKEN, writable: false },
    ],
  },
];

/** Undefined for another program. */
export function readProgramInstruction(
  step: Step,
  { pins, feePayer, roles }: Reading,
): (Action & { readonly taken: 1; readonly signers: number }) | undefined {
  if (step.program !== pins.programId) return undefined;
  const known = KNOWN.find(({ name }) => sameBytes(step.data.subarray(0, 8), instructionDiscriminator(name)));
  if (!known)
    throw new Refusal(
      'INSTRUCTION_UNKNOWN',
      step.at,
      'This instruction of the restaking program is decided by SIPs only.',
    );
  const slots = known.slots(feePayer, pins.programId);
  checkAccounts(step, slots, roles);
  const amount = readExactly(step.data, (cursor) => {
    cursor.take(8);
    return known.amount ? cursor.u64() : null;
  });
  if (!amount.ok)
    throw new Refusal('ARGUMENT_UNEXPECTED', step.at, 'Its arguments are not what the instruction takes.');
  const epoch = slots.findIndex(({ name, writable }) => name === 'epoch' && writable);
  const lines: Line[] = [
    ...(amount.value === null ? [] : [{ label: 'Amount', value: `${amount.value} base units` }]),
    ...slots.flatMap(({ name, key }, at) =>
      key === null ? [{ label: name, value: step.accounts[at]!.key, address: true as const }] : [],
    ),
  ];
  const index = epoch < 0 ? null : epochOf(step.accounts[epoch]!.key, pins.programId);
  if (epoch >= 0 && index === null)
    throw new Refusal('ACCOUNT_UNEXPECTED', step.at, 'Its epoch account is none of the program’s.');
  const gatekeeper = slots.findIndex(({ name }) => name === 'gatekeeper');
  const cosigned = gatekeeper >= 0 && step.accounts[gatekeeper]!.signer;
  return {
    kind: known.name,
    title:
      index === null
        ? known.title
        : known.title.replace(/the (next|active) restaking epoch/, `restaking epoch ${index}`),
    lines,
    transactionIndex: null,
    announcement: null,
    inner: [],
    taken: 1,
    signers: cosigned ? 2 : 1,
  };
}

/** Epochs are counted from 0; more than these no protocol will live to see. */
const EPOCHS = 512;

function epochOf(key: Address, program: Address): number | null {
  for (let index = 0; index < EPOCHS; index++)
    if (derive([ascii('epoch'), leBytes(index, 2)], program).address === key) return index;
  return null;
}
