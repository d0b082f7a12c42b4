import * as squads from '@sqds/multisig';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '#governance/actions/registry.ts';
import { renderBundle } from '#governance/bundle/document.ts';
import { compileAcceptance } from '#governance/plan/compile.ts';
import type { Sip } from '#governance/sip/index.ts';
import type { UnixSeconds } from '#governance/types.ts';
import type { VerifyInput } from '#governance/verify/index.ts';
import { verifyWith } from '#governance/verify/verdict.ts';
import { realProposal, repositorySips } from '#test/bench/real-proposals.ts';
import { testSecondOpinion } from '#tools/second-opinion/build.mjs';
import { DEFECTS } from './defects.ts';
import { configBytes, otherVault } from './handover.ts';
import { type Base, MUTATIONS } from './mutations.ts';
import { EXAMPLES, operators } from './opinion-examples.ts';
import { agreed, ask, askingTwice, bundle, sipOf } from './opinions.ts';
import {
  account,
  configPda,
  makeWorld,
  messageOf,
  pinsOf,
  proposalBytes,
  Random,
  type TransactionFields,
  transactionBytes,
  withAccount,
} from './world.ts';

const SEED = Number(process.env.SIP_SEED ?? 20261);
askingTwice();

it('passes the tests beside its code', { timeout: 1_800_000 }, async () => {
  await expect(testSecondOpinion()).resolves.toBeUndefined();
});

describe('of an honest proposal both say match', () => {
  it.each(EXAMPLES)('%s', (_, action) => {
    const sip = sipOf([action]);
    expect(agreed(sip, realProposal(sip, SEED).input)).toMatchObject({
      exit: 0,
      said: { verdict: ['match'] },
    });
  });

  it('all kinds in one text, in each of its parts', () => {
    const sip = sipOf(EXAMPLES.map(([, action]) => action));
    const first = realProposal(sip, SEED);
    expect(first.world.parts).toBeGreaterThan(2);
    for (let part = 1; part <= first.world.parts; part++) {
      const seed = SEED + 100 + part;
      const { world, input } = realProposal(sip, seedWithRoom(seed, part), part);
      const { exit, said } = agreed(sip, input);
      expect({ exit, announced: said.announced }).toEqual({
        exit: 0,
        announced: [`SIP-8 part ${part} of ${world.parts}`],
      });
    }
  });

  it('the SIPs of the repository', () => {
    for (const sip of repositorySips()) expect(agreed(sip, realProposal(sip, SEED).input).exit).toBe(0);
  });

  it('one that has been executed, whatever the members are now', () => {
    const sip = sipOf(operators.slice(0, 2));
    const { world, input } = realProposal(sip, SEED);
    const proposal = { ...input.accounts.proposal!, data: proposalBytes(world, 'Executed') };
    const executed = {
      ...input,
      accounts: { ...input.accounts, proposal },
      clock: 2_000_000_000n as UnixSeconds,
    };
    expect(agreed(sip, executed)).toMatchObject({ exit: 0, said: { executed: ['true'] } });
  });
});
/** A council whose index leaves room for the parts before. */
function seedWithRoom(from: number, part: number): number {
  for (let seed = from; ; seed++) if (makeWorld(seed).index > BigInt(part)) return seed;
}

/** Null where a mutation finds nothing to change in what the ones before it have left. */
function mutated(base: Base, random: Random): VerifyInput | null {
  try {
    return random.pick(MUTATIONS).apply(base, random);
  } catch {
    return null;
  }
}

/** What a mutated transaction account is made of, for the next mutation; undefined where nobody can read it. */
function fieldsOf(transaction: VerifyInput['accounts']['transaction']): TransactionFields | undefined {
  try {
    const [read] = squads.generated.VaultTransaction.deserialize(Buffer.from(transaction?.data ?? []));
    return { ...read, index: BigInt(read.index.toString()) };
  } catch {
    return undefined;
  }
}

describe('of a changed proposal both say the same', () => {
  const texts = [
    ...ACTIONS.map(({ kind, example }) => [{ kind, params: example as object }]),
    [{ kind: 'pause', params: {} }, ...operators.slice(0, 3)],
    operators,
  ].map((actions) => sipOf(actions));
  const bases: readonly { readonly sip: Sip; readonly base: Base }[] = texts.map((sip, at) => ({
    sip,
    base: realProposal(sip, SEED + at),
  }));

  it.each(MUTATIONS.map((mutation, at) => [mutation.name, mutation, at] as const))(
    '%s',
    (_, mutation, at) => {
      let applied = 0;
      for (let turn = 0; turn < 6; turn++) {
        const random = new Random(SEED + 1000 * at + turn);
        const { sip, base } = turn < 4 ? bases.at(turn % 2 === 0 ? -1 : -2)! : random.pick(bases);
        const changed = mutation.apply(base, random);
        if (changed === null) continue;
        applied += 1;
        agreed(sip, changed);
      }
      expect(applied).toBeGreaterThan(0);
    },
  );

  it('several changes at once', () => {
    let applied = 0;
    for (let turn = 0; turn < 150; turn++) {
      const random = new Random(SEED + 77_000 + turn);
      const { sip, base } = random.pick(bases);
      let changed = base;
      for (let left = 2 + random.below(3); left > 0; left--) {
        const input = mutated(changed, random);
        const fields = input && fieldsOf(input.accounts.transaction);
        if (fields) changed = { ...changed, input, fields };
      }
      agreed(sip, changed.input);
      applied += Number(changed !== base);
    }
    expect(applied).toBeGreaterThan(100);
  });

  it('another text', () => {
    for (const { base } of bases.slice(0, 6))
      expect(agreed(texts.at(-1)!, base.input).said.verdict).toEqual(['digest-unknown']);
  });
});
describe('of the acceptance of a hand-over both say the same', () => {
  const world = makeWorld(SEED);
  const pins = pinsOf(world);
  const sip = sipOf([
    {
      kind: 'propose-authority',
      params: {
        ...{ venue: 'squads', council: pins.council, 'min-threshold': 2, 'min-time-lock-seconds': 600 },
        'expires-at': '2026-12-31T00:00:00Z',
      },
    },
  ]);
  const base = realProposal(sip, SEED);
  const { message } = compileAcceptance(sip, { pins, transactionIndex: world.index });
  const data = transactionBytes({ ...base.fields, message: messageOf(message) });
  const proposed = withAccount(base.input, 'transaction', { data });
  const EXPIRES = 1_798_675_200n;
  const input = (clock: bigint, authority = otherVault(world), number = 8): VerifyInput => {
    const pending = {
      ...{ authority: world.vault, council: world.council, sip: number, expiresAt: EXPIRES },
      digest: Uint8Array.from(Buffer.from(sip.digest, 'hex')),
    };
    const bytes = configBytes({ authority, pending, activeEpoch: null });
    const config = account(configPda(world.programId)[0], world.programId, bytes);
    return { ...proposed, accounts: { ...proposed.accounts, config }, clock: clock as UnixSeconds };
  };

  it.each([
    ['match', input(EXPIRES)],
    ['expired', input(EXPIRES + 1n)],
    ['expired', input(EXPIRES, otherVault(world), 9)],
    ['already-enacted', input(EXPIRES, world.vault)],
    ['unreadable', { ...input(0n), accounts: { ...input(0n).accounts, config: null } }],
  ] as const)('%s', (verdict, given) => {
    expect(agreed(sip, given).said.verdict).toEqual([verdict]);
  });
});

describe('a console that does not see everything', () => {
  it.each(Object.entries(DEFECTS))('is found out: it %s', (_, compare) => {
    const sip = sipOf(operators.slice(0, 4));
    const base = realProposal(sip, SEED);
    let found = 0;
    for (let turn = 0; turn < 4 * MUTATIONS.length; turn++) {
      const mutation = MUTATIONS[turn % MUTATIONS.length]!;
      const changed = mutation.apply(base, new Random(SEED + turn));
      // Of the text that the bundle holds, as the program judges it.
      if (changed === null || changed.text !== base.input.text) continue;
      if (verifyWith(compare, changed).verdict !== 'match') continue;
      const { exit, said } = ask(renderBundle(bundle(sip, changed)), changed.pins);
      expect({ mutation: mutation.name, exit }).toEqual({ mutation: mutation.name, exit: 3 });
      expect(said.verdict).not.toEqual(['match']);
      found += 1;
    }
    expect(found).toBeGreaterThan(0);
  });
});
