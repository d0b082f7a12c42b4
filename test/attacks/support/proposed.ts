import type { AnyActionModule } from '#governance/actions/action.ts';
import { ACTIONS } from '#governance/actions/registry.ts';
import { recompilePart } from '#governance/plan/compile.ts';
import { textOf } from '#governance/proposals/judge.ts';
import type { Sip } from '#governance/sip/document.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import type { Address, MembersHash, Pins, UnixSeconds } from '#governance/types.ts';
import { hex, type VerifyInput } from '#governance/verify/index.ts';
import { sipFile } from '#test/support/sip-text.ts';
import {
  honestInput,
  makeWorld,
  membersHash,
  messageOf,
  transactionFields,
  type World,
} from '#test/verify/world.ts';

/** Real texts, compiled by the planner, proposed to a council whose accounts are bytes of the SDK. */

export interface Proposed {
  readonly world: World;
  readonly pins: Pins;
  readonly sip: Sip;
  readonly bytes: Uint8Array;
}

const kinds = (ACTIONS as readonly AnyActionModule[]).filter(({ kind }) => kind !== 'propose-authority');
const CREATED = 1_772_323_200n; // 2026-03-01T00:00:00Z
const PER_TEXT = 4;

/** Every kind of action at least once, a few of them in each text. */
export function makeTexts(): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(kinds.length / PER_TEXT) }, (_, at) => {
    const some = kinds.slice(at * PER_TEXT, (at + 1) * PER_TEXT);
    const actions = some.map(({ kind, example }) => ({ kind, params: example as object }));
    return sipFile({ sip: 20 + at, title: `Change ${some.length} things at once`, actions }, CREATED).bytes;
  });
}

/** @param seed of the council */
export function proposedText(bytes: Uint8Array, seed: number): Proposed {
  const world = { ...makeWorld(seed), part: 1 };
  const pins: Pins = {
    programId: world.programId.toBase58() as Address,
    council: world.council.toBase58() as Address,
    vault: world.vault.toBase58() as Address,
  };
  return { world, pins, sip: parseUnnamed(bytes, 'attack.md'), bytes };
}

/** What a reviewer of `shown` has before them when the council holds the transaction of `compiled`. */
export function reviewOf(
  { world, pins }: Proposed,
  shown: Sip,
  compiled: Sip,
  change: (message: ReturnType<typeof messageOf>) => void = () => undefined,
): VerifyInput {
  const hash = hex(membersHash(world.members)) as MembersHash;
  const part = recompilePart(compiled, pins, { part: 1, membersHash: hash, councilTx: world.index });
  if (!part) throw new Error('the text has no first part');
  const message = messageOf(part.message);
  change(message);
  const input = honestInput(world, { ...transactionFields(world), message });
  return {
    ...input,
    pins,
    text: textOf(shown, pins),
    accounts: { ...input.accounts, sipRecord: null },
    clock: CREATED as UnixSeconds,
  };
}
