import type { TransactionInstruction } from '@solana/web3.js';
import { z } from 'zod';
import type { Epoch } from '../restaking/accounts.ts';
import type { DecodedInstruction } from '../restaking/instructions.ts';
import { type Plain, Variant } from '../restaking/plain.ts';
import { parseTime, renderTime } from '../times.ts';
import {
  type BuildContext,
  type CheckContext,
  type DecodeContext,
  type Expectation,
  error,
  type Finding,
  warning,
} from './action.ts';
import { checkNotRetired, checkPool, decodeNamed, mintOf, sipInstruction } from './common.ts';
import { DECIMALS_FIELD, type Field, MINT_FIELD, SYMBOL_FIELD } from './field.ts';
import {
  amount,
  capBaseUnits,
  capFits,
  decimals,
  epochIndex,
  mint,
  renderAmount,
  symbol,
  time,
  timeOrNone,
  unixOf,
} from './values.ts';

/** Terms and caps of a restaking epoch: what schedule-epoch, amend-epoch and set-epoch-cap share. */

export const capSchema = z
  .strictObject({ mint, symbol, decimals, cap: amount })
  .refine(capFits.check, capFits.options);
export type Cap = z.infer<typeof capSchema>;

const caps = z.array(capSchema).refine((list) => new Set(list.map((cap) => cap.mint)).size === list.length, {
  error: 'a mint has one cap in an epoch',
});

export const termsSchema = z
  .strictObject({
    index: epochIndex,
    'opens-at': time,
    'closes-at': timeOrNone,
    access: z.enum(['invite-only', 'open'], { error: 'access is invite-only or open' }),
    withdrawals: z.enum(['on', 'off'], { error: 'withdrawals are on or off' }),
    caps,
  })
  .refine(
    (t) => t['closes-at'] === 'none' || (parseTime(t['closes-at']) ?? 0n) > (parseTime(t['opens-at']) ?? 0n),
    {
      path: ['closes-at'],
      error: 'the window must close after it opens',
    },
  );
export type Terms = z.infer<typeof termsSchema>;

export const CAP_FIELDS: readonly Field[] = [
  MINT_FIELD,
  SYMBOL_FIELD,
  DECIMALS_FIELD,
  {
    name: 'cap',
    label: 'Cap',
    kind: 'amount',
    help: 'Most that may come in during the epoch, in whole tokens.',
  },
];

export const INDEX_FIELD: Field = {
  name: 'index',
  label: 'Epoch',
  kind: 'whole',
  min: 0,
  max: 65_535,
  help: 'Index of the restaking epoch.',
};

export const TERMS_FIELDS: readonly Field[] = [
  INDEX_FIELD,
  { name: 'opens-at', label: 'Opens', kind: 'time', help: 'From when the epoch admin may activate it.' },
  {
    name: 'closes-at',
    label: 'Closes',
    kind: 'time',
    orNone: true,
    help: 'Deposits end then; none = until a SIP ends it.',
  },
  {
    name: 'access',
    label: 'Access',
    kind: 'choice',
    choices: ['invite-only', 'open'],
    help: 'By invitation the gatekeeper signs each deposit.',
  },
  {
    name: 'withdrawals',
    label: 'Withdrawals',
    kind: 'choice',
    choices: ['on', 'off'],
    help: 'From activation on, also after the epoch.',
  },
  {
    name: 'caps',
    label: 'Caps',
    kind: 'list',
    of: CAP_FIELDS,
    help: 'One per LST; an LST without a cap takes no deposits in this epoch.',
  },
];

export function describeTerms(t: Terms): string {
  const until = t['closes-at'] === 'none' ? 'with no end' : `until ${t['closes-at']}`;
  const list = t.caps.map((cap) => `${cap.symbol} ${cap.cap}`).join(', ');
  const access = t.access === 'open' ? 'open to everyone' : 'by invitation';
  return `from ${t['opens-at']} ${until}, ${access}, withdrawals ${t.withdrawals}${list ? `, caps: ${list}` : ''}`;
}

const termsArgs = (t: Terms) => ({
  opensAt: unixOf(t['opens-at']),
  closesAt: t['closes-at'] === 'none' ? null : unixOf(t['closes-at']),
  access: new Variant(t.access),
  withdrawals: t.withdrawals === 'on',
});

export function buildTerms(
  name: 'schedule_epoch' | 'amend_epoch',
  t: Terms,
  context: BuildContext,
): TransactionInstruction[] {
  const epoch = context.pdas.epoch(t.index);
  const first = sipInstruction(name, context, { epoch }, { index: t.index, terms: termsArgs(t) });
  return [first, ...t.caps.map((cap) => buildCap(t.index, cap, context))];
}

export function buildCap(index: number, cap: Cap, context: BuildContext): TransactionInstruction {
  const pool = context.pdas.pool(cap.mint);
  const accounts = { epoch: context.pdas.epoch(index), pool, epochCap: context.pdas.epochCap(index, pool) };
  return sipInstruction('set_epoch_cap', context, accounts, {
    index,
    symbol: cap.symbol,
    decimals: cap.decimals,
    cap: capBaseUnits(cap),
  });
}

export function decodeCap(
  decoded: DecodedInstruction,
  context: DecodeContext,
): { index: number; cap: Cap } | undefined {
  const { index, symbol, decimals, cap } = decoded.args;
  const parsed = capSchema.safeParse({
    mint: mintOf(decoded, context),
    symbol,
    decimals,
    cap: renderAmount(cap as bigint, decimals as number),
  });
  return parsed.success ? { index: index as number, cap: parsed.data } : undefined;
}

/** The instruction itself and the caps of the same index right behind it. */
export function decodeTerms(
  name: 'schedule_epoch' | 'amend_epoch',
  instructions: readonly TransactionInstruction[],
  at: number,
  context: DecodeContext,
): { params: Terms; taken: number } | undefined {
  const decoded = decodeNamed(name, instructions, at, context);
  if (!decoded) return undefined;
  const index = decoded.args.index as number;
  const terms = decoded.args.terms as { readonly [key: string]: Plain };
  const found: Cap[] = [];
  for (let next = at + 1; ; next += 1) {
    const instruction = decodeNamed('set_epoch_cap', instructions, next, context);
    const cap = instruction && decodeCap(instruction, context);
    if (cap?.index !== index) break;
    found.push(cap.cap);
  }
  const params = termsSchema.safeParse({
    index,
    'opens-at': renderTime(terms.opensAt as bigint),
    'closes-at': terms.closesAt === null ? 'none' : renderTime(terms.closesAt as bigint),
    access: terms.access,
    withdrawals: terms.withdrawals ? 'on' : 'off',
    caps: found,
  });
  return params.success ? { params: params.data, taken: 1 + found.length } : undefined;
}

export function expectTerms(t: Terms, context: BuildContext): Expectation {
  const args = termsArgs(t);
  return {
    account: context.pdas.epoch(t.index),
    type: 'Epoch',
    fields: {
      index: t.index,
      'terms.opensAt': args.opensAt,
      'terms.closesAt': args.closesAt,
      'terms.access': t.access,
      'terms.withdrawals': args.withdrawals,
      sip: context.sip.number,
    },
  };
}

export function expectCap(index: number, cap: Cap, context: BuildContext): Expectation {
  const pool = context.pdas.pool(cap.mint);
  return {
    account: context.pdas.epochCap(index, pool),
    type: 'EpochCap',
    fields: { index, pool, cap: capBaseUnits(cap), sip: context.sip.number },
  };
}

export function checkCaps(index: number, list: readonly Cap[], context: CheckContext): readonly Finding[] {
  return list.flatMap((cap) => {
    const { pool, findings } = checkPool(cap, context);
    const notes = [...findings, ...checkNotRetired(pool)];
    const epochCap =
      pool && context.view('EpochCap', context.pdas.epochCap(index, context.pdas.pool(cap.mint)));
    if (epochCap && pool && capBaseUnits(cap) < epochCap.filled) {
      notes.push(
        warning(
          'cap-below-filled',
          `${renderAmount(epochCap.filled, pool.decimals)} ${cap.symbol} came in already, more than the new cap`,
          'No more will come in during this epoch.',
        ),
      );
    }
    return notes;
  });
}

export function checkWindow(t: Terms, context: CheckContext): readonly Finding[] {
  if (t['closes-at'] === 'none' || unixOf(t['closes-at']) > context.now) return [];
  return [
    error(
      'window-passed',
      `the window of epoch ${t.index} closed at ${t['closes-at']}, which has passed`,
      'Move the window.',
    ),
  ];
}

export function checkEpoch(
  index: number,
  context: CheckContext,
): { epoch: Epoch | undefined; findings: readonly Finding[] } {
  const epoch = context.view('Epoch', context.pdas.epoch(index));
  if (!epoch)
    return {
      epoch,
      findings: [error('epoch-unknown', `epoch ${index} is not scheduled`, 'Schedule it first.')],
    };
  if (epoch.status !== 'closed') return { epoch, findings: [] };
  return {
    epoch,
    findings: [
      error(
        'epoch-closed',
        `epoch ${index} is closed`,
        'A closed epoch cannot change; schedule the next one.',
      ),
    ],
  };
}
