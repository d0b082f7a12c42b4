import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import type { BuildContext } from '../actions/action.ts';
import { actionOf } from '../actions/registry.ts';
import { SipError } from '../errors.ts';
import type { Sip } from '../sip/document.ts';
import type { MembersHash, Pins } from '../types.ts';
import { compileVaultMessage } from '../venues/squads/message.ts';
import { membersHashOf } from '../venues/squads/state.ts';
import { acceptAuthority, type Beginning, beginSip } from './begin-sip.ts';
import { addressesIn, buildContext, decodeContext, mergeFlags, plainInstruction } from './context.ts';
import { describeInstruction } from './describe.ts';
import { splitIntoParts, type Unit, unitsOf } from './split.ts';
import type { CompiledPart, CompiledSip, CouncilMember } from './types.ts';

/** u8 in `begin_sip`. */
const MAX_PARTS = 255;

export interface CompileContext {
  readonly pins: Pins;
  readonly members: readonly CouncilMember[];
  /** Of part 1; the others follow. */
  readonly transactionIndex: bigint;
}

/**
 * The bytes of a SIP: from its text, the pins, the council's members and the transaction's index, and nothing else.
 * @throws SipError SIP_TOO_LARGE.
 */
export function compileSip(sip: Sip, context: CompileContext): CompiledSip {
  const membersHash = membersHashOf(context.members);
  const plan = plannedParts(sip, context.pins);
  const parts = plan.map((_, at) =>
    compilePlanned(sip, plan, at, context.pins, membersHash, context.transactionIndex + BigInt(at)),
  );
  return { sip: sip.header.sip, digest: sip.digest, membersHash, parts };
}

/** One part for given values: how a transaction that exists is recompiled. Undefined where the SIP has no such part. */
export function recompilePart(
  sip: Sip,
  pins: Pins,
  values: { readonly part: number; readonly membersHash: MembersHash; readonly councilTx: bigint },
): CompiledPart | undefined {
  if (values.part === 0) return compileAcceptance(sip, { pins, transactionIndex: values.councilTx });
  const plan = plannedParts(sip, pins);
  if (values.part < 1 || values.part > plan.length) return undefined;
  return compilePlanned(sip, plan, values.part - 1, pins, values.membersHash, values.councilTx);
}

/** Part 0 of a hand-over's SIP: what the new council, named by the pins, executes to take the authority. */
export function compileAcceptance(
  sip: Sip,
  context: { readonly pins: Pins; readonly transactionIndex: bigint },
): CompiledPart {
  const build = contextOf(sip, context.pins);
  const instructions = [acceptAuthority(build, context.transactionIndex)];
  return compiledPart(sip, instructions, {
    part: 0,
    parts: 0,
    pins: context.pins,
    index: context.transactionIndex,
  });
}

/** Splitting asks for the size of every candidate part, and a verdict recompiles often: once for a text and its pins. */
const PLANS = new WeakMap<Sip, Map<string, readonly (readonly Unit[])[]>>();

/** @throws SipError SIP_TOO_LARGE. */
export function plannedParts(sip: Sip, pins: Pins): readonly (readonly Unit[])[] {
  const plans = PLANS.get(sip) ?? new Map<string, readonly (readonly Unit[])[]>();
  PLANS.set(sip, plans);
  const key = `${pins.programId} ${pins.council} ${pins.vault}`;
  const plan = plans.get(key) ?? planParts(sip, pins);
  plans.set(key, plan);
  return plan;
}

function planParts(sip: Sip, pins: Pins): readonly (readonly Unit[])[] {
  const build = contextOf(sip, pins);
  const begin = beginSip(
    build,
    beginning(sip, {
      part: 1,
      parts: 1,
      actions: 1,
      membersHash: '00'.repeat(32) as MembersHash,
      councilTx: 0n,
    }),
  );
  const parts = splitIntoParts(unitsOf(actionInstructions(sip, build), pins.programId), begin, pins);
  if (parts.length > MAX_PARTS) throw new SipError('SIP_TOO_LARGE', { action: sip.actions.length });
  return parts;
}

function compilePlanned(
  sip: Sip,
  plan: readonly (readonly Unit[])[],
  at: number,
  pins: Pins,
  membersHash: MembersHash,
  index: bigint,
): CompiledPart {
  const units = plan[at] ?? [];
  const first = units[0]?.at ?? 0;
  const planned = units.flatMap((unit) => unit.instructions);
  const own = planned.filter((instruction) => instruction.programId.toBase58() === pins.programId);
  const values = { part: at + 1, parts: plan.length, actions: own.length, membersHash, councilTx: index };
  const begin = beginSip(contextOf(sip, pins), beginning(sip, values));
  // A recorded foreign instruction is hashed with its keys' bits as this message merges them.
  const merged = contextOf(sip, pins, mergeFlags(pins.vault, [begin, ...planned]));
  const instructions = actionInstructions(sip, merged).slice(first, first + planned.length);
  return compiledPart(sip, [begin, ...instructions], { part: at + 1, parts: plan.length, pins, index });
}

function compiledPart(
  sip: Sip,
  instructions: readonly TransactionInstruction[],
  of: { readonly part: number; readonly parts: number; readonly pins: Pins; readonly index: bigint },
): CompiledPart {
  const message = compileVaultMessage(new PublicKey(of.pins.vault), instructions);
  return {
    part: of.part,
    parts: of.parts,
    transactionIndex: of.index,
    vaultIndex: 0,
    message: message.wire,
    accountMessage: message.stored,
    instructions: instructions.map((instruction, at) => ({
      ...plainInstruction(instruction),
      // Decoded when somebody reads it: a verdict compares bytes and needs no words.
      get describe() {
        const known = sip.actions.flatMap((action) => addressesIn(action.params));
        return describeInstruction(instructions, at, decodeContext(of.pins, known));
      },
    })),
  };
}

function actionInstructions(sip: Sip, build: BuildContext): readonly TransactionInstruction[] {
  return sip.actions.flatMap((action) => {
    const module = actionOf(action.kind);
    if (!module)
      throw new SipError('INTERNAL', { detail: `a parsed SIP holds the unknown action ${action.kind}` });
    return module.build(action.params, build);
  });
}

const contextOf = (sip: Sip, pins: Pins, merged?: BuildContext['mergedFlags']) =>
  buildContext(pins, { number: sip.header.sip, digest: sip.digest }, merged);

const beginning = (sip: Sip, values: Omit<Beginning, 'notAfter'>): Beginning => ({
  ...values,
  notAfter: sip.validUntil,
});
