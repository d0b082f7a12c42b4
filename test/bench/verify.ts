import {
  decodeMultisig,
  decodeProposal,
  decodeVaultTransaction,
  type VerifyInput,
  verifyTransaction,
} from '#governance/verify/index.ts';
import { type Base, MUTATIONS } from '../verify/mutations.ts';
import { Random } from '../verify/world.ts';
import { perSecond } from './measure.ts';
import { compiledAs, type Recompile, realProposal, repositorySips } from './real-proposals.ts';
import { figure, type Section, whole } from './section.ts';

export interface VerifyRow {
  readonly proposals: string;
  readonly recompile: Recompile | 'decoding alone';
  readonly perSecond: number;
  /** Time per verdict against decoding the three accounts it is about. */
  readonly ratio: number;
}

const WAYS: readonly Recompile[] = ['remembered', 'compiled again', 'compiled again, nothing remembered'];
type Case = Readonly<Record<Recompile, readonly VerifyInput[]>>;

/** @param councils proposals before as many different councils */
export async function verifyRows(
  councils: number,
  turns: { readonly rounds: number; readonly turnMs: number },
  seed: number,
): Promise<readonly VerifyRow[]> {
  const rows: VerifyRow[] = [];
  for (const [proposals, inputs] of Object.entries(cases(councils, seed))) {
    const decoding = inputs.remembered;
    const works: Record<string, () => unknown> = { 'decoding alone': inTurn(decoding, decode) };
    for (const way of WAYS) works[way] = inTurn(inputs[way], verifyTransaction);
    const rates = await perSecond(works, turns);
    const base = rates['decoding alone'] ?? Number.NaN;
    for (const [recompile, rate] of Object.entries(rates))
      rows.push({
        proposals,
        recompile: recompile as VerifyRow['recompile'],
        perSecond: rate,
        ratio: base / rate,
      });
  }
  return rows;
}

function cases(councils: number, seed: number): Readonly<Record<string, Case>> {
  const sips = repositorySips();
  const random = new Random(seed);
  const bases = Array.from({ length: councils }, (_, at) => {
    const sip = sips[at % sips.length]!;
    return { sip, base: realProposal(sip, seed + at) };
  });
  const inEveryWay = (of: typeof bases, inputOf: (base: Base, at: number) => VerifyInput): Case => {
    const inputs = (way: Recompile) => of.map(({ sip, base }, at) => inputOf(compiledAs(base, sip, way), at));
    return {
      remembered: inputs('remembered'),
      'compiled again': inputs('compiled again'),
      'compiled again, nothing remembered': inputs('compiled again, nothing remembered'),
    };
  };
  const honest = (base: Base) => base.input;
  // What a mutation draws must not depend on how the text compiles.
  const seeds = bases.map(() => random.u32());
  const mutated = (base: Base, at: number) => {
    for (let next = at; ; next += 1) {
      const mutation = MUTATIONS[next % MUTATIONS.length]!;
      const input = mutation.apply(base, new Random(seeds[at]!));
      // The decoder alone has no part in a proposal whose accounts are missing or cut.
      if (input !== null && decode(input)) return input;
    }
  };
  const all = {
    'one council, SIP in turn': inEveryWay(oneCouncil(sips, seed), honest),
    [`${councils} councils in turn`]: inEveryWay(bases, honest),
    [`${councils} mutated proposals`]: inEveryWay(bases, mutated),
  };
  for (const [name, inputs] of Object.entries(all)) expectVerdicts(name, inputs);
  return all;
}

function oneCouncil(sips: ReturnType<typeof repositorySips>, seed: number) {
  return sips.map((sip) => ({ sip, base: realProposal(sip, seed) }));
}

/** Rates of wrong answers would mean nothing. */
function expectVerdicts(name: string, inputs: Case): void {
  for (const way of WAYS)
    for (const input of inputs[way]) {
      const { verdict } = verifyTransaction(input);
      if ((verdict === 'match') === name.includes('mutated'))
        throw new Error(`${name}, ${way}: the verdict is ${verdict}`);
    }
}

function decode({ accounts }: VerifyInput): boolean {
  const { multisig, transaction, proposal } = accounts;
  if (!multisig || !transaction || !proposal) return false;
  const read = [
    decodeMultisig(multisig.data),
    decodeVaultTransaction(transaction.data),
    decodeProposal(proposal.data),
  ];
  return read.every(({ ok }) => ok);
}

function inTurn(inputs: readonly VerifyInput[], work: (input: VerifyInput) => unknown): () => unknown {
  let turn = 0;
  return () => {
    turn = (turn + 1) % inputs.length;
    return work(inputs[turn]!);
  };
}

export const verify: Section = {
  name: 'verify',
  title: 'Verdicts on proposals',
  async measure({ quick, seed }) {
    const turns = quick ? { rounds: 1, turnMs: 100 } : { rounds: 7, turnMs: 500 };
    const rows = await verifyRows(quick ? 20 : 200, turns, seed);
    return {
      tables: [
        {
          columns: ['Proposals', 'What the text compiles to', 'Verdicts per second', 'Time ÷ decoding alone'],
          rows: rows.map((row) => [
            row.proposals,
            row.recompile === 'decoding alone' ? '(decoding alone)' : row.recompile,
            whole(row.perSecond),
            figure(row.ratio),
          ]),
        },
      ],
      notes: [
        `\`verifyTransaction\` without the network, on part 1 of the SIPs in \`sips/\` and accounts made by Squads' own SDK. Decoding alone reads multisig, transaction and proposal of the same inputs with the verifier's decoders. Median of ${turns.rounds} round(s) of ${turns.turnMs} ms each, the ways in turn.`,
        '"Compiled again" is what the console does for each verdict, and it does so several times where the bytes differ; it keeps the division of a text into parts. "Nothing remembered" is the first verdict of a process.',
      ],
    };
  },
};
