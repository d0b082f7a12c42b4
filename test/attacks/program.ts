import type { PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { InstructionName } from '#governance/restaking/instructions.ts';
import { type Attack, type Outcome, Tally } from './attack.ts';
import { ALLOWED, type Allowed } from './program/allowed.ts';
import { CELLS, type Cell, expectedCells, nameOf } from './program/cells.ts';
import { type Fixture, fixtureOf } from './program/fixtures.ts';
import { type Signing, send, signerSetsFor } from './program/signers.ts';
import { SUBSTITUTIONS } from './program/substitutions.ts';

/** Every account of every instruction in every wrong way, whoever signs: on the real programs. */

type Fixtures = (name: InstructionName) => Fixture | undefined;

/** One world an instruction, until something passed in it. */
class Bench {
  private name: InstructionName | undefined;
  private fixture: Fixture | undefined;

  constructor(private readonly fixtures: Fixtures) {}

  of(name: InstructionName): Fixture | undefined {
    if (this.name !== name || this.fixture === undefined) {
      this.name = name;
      this.fixture = this.fixtures(name);
    }
    return this.fixture;
  }

  used(): void {
    this.fixture = undefined;
  }
}

/** What became of a cell. */
interface Tried {
  readonly passed: boolean;
  /** Nothing was other than it has to be: data of no length has no byte less. */
  readonly same: boolean;
  readonly error: string;
}

function tryCell(cell: Cell, fixture: Fixture): Tried {
  const { world } = fixture;
  const instruction = fixture.build();
  const before = accountText(fixture, instruction.keys[cell.slot]!.pubkey.toBase58());
  const meta = JSON.stringify(instruction.keys[cell.slot]);
  const signing = cell.signers.apply(fixture, instruction);
  const place = {
    chain: world.chain,
    instruction,
    slot: cell.slot,
    stranger: world.outsider.publicKey,
    carriers: carriersOf(fixture, signing),
  };
  const undo = SUBSTITUTIONS[cell.substitution]!(place);
  try {
    const unchanged =
      cell.signers.name === 'as required' &&
      meta === JSON.stringify(instruction.keys[cell.slot]) &&
      before === accountText(fixture, instruction.keys[cell.slot]!.pubkey.toBase58());
    const { ok, error, logs } = send(fixture, instruction, signing);
    const exhausted = logs.some((line) => line.includes('exceeded CUs meter'));
    return { passed: ok, same: unchanged, error: exhausted ? 'ran out of compute units' : error };
  } finally {
    undo();
  }
}

function carriersOf({ world, council }: Fixture, { through, signers }: Signing): readonly PublicKey[] {
  const councils = [world.council, ...(council ? [council] : []), ...(through ? [through] : [])];
  const people = [world.outsider, ...signers].map(({ publicKey }) => publicKey);
  return [...councils.flatMap(({ multisig, vault, first }) => [multisig, vault, first.publicKey]), ...people];
}

function accountText({ world }: Fixture, key: string): string {
  const account = world.chain.account(key as Parameters<typeof world.chain.account>[0]);
  return account ? `${account.owner.toBase58()} ${Buffer.from(account.data).toString('base64')}` : 'nothing';
}

const allowedBy = (cell: Cell, list: readonly Allowed[]): Allowed | undefined =>
  cell.signers.name === 'as required'
    ? list.find(
        ({ substitutions, slots }) =>
          substitutions.includes(cell.substitution) &&
          slots[cell.instruction]?.includes(cell.slotName) === true,
      )
    : undefined;

function problemOf(cell: Cell, { passed, same, error }: Tried, list: readonly Allowed[]): string | undefined {
  if (same) return passed ? undefined : `nothing was changed, and it fails: ${error}`;
  if (passed) return allowedBy(cell, list) ? undefined : 'it passes';
  if (allowedBy(cell, list)) return `it may pass and fails: ${error}`;
  // Stopped by the tool that sends it, or by running out of what it may use, is not stopped by the program.
  return error === '' || error.startsWith('ran out')
    ? `stopped for no reason of its own: ${error}`
    : undefined;
}

function run(cells: readonly Cell[], fixtures: Fixtures, list: readonly Allowed[] = ALLOWED): Outcome {
  const tally = new Tally();
  const bench = new Bench(fixtures);
  for (const cell of cells) {
    const fixture = bench.of(cell.instruction);
    if (fixture === undefined) {
      tally.try(cell.instruction, `${nameOf(cell)}: there is no fixture for it`);
      continue;
    }
    const tried = tryCell(cell, fixture);
    if (tried.passed) bench.used();
    const problem = problemOf(cell, tried, list);
    tally.try(cell.instruction, problem && `${nameOf(cell)}: ${problem}`);
  }
  return tally.outcome;
}

/** The instruction as it has to be passes. */
function honestProblem(name: InstructionName, fixtures: Fixtures): string | undefined {
  const fixture = fixtures(name);
  if (!fixture) return `${name} has no fixture`;
  const instruction = fixture.build();
  const signing = signerSetsFor(1)[0]!.apply(fixture, instruction);
  const { ok, error } = send(fixture, instruction, signing);
  return ok ? undefined : `${name}: ${error}`;
}

const NAMES = [...new Set(CELLS.map(({ instruction }) => instruction))];

function plantedMissed(): readonly string[] {
  const some = CELLS.filter(
    ({ instruction, signers }) => instruction === 'pause' && signers.name === 'as required',
  );
  const planted: Readonly<Record<string, () => boolean>> = {
    'an instruction without a fixture': () => run(some, () => undefined).broken.length > 0,
    'an honest instruction that fails': () => honestProblem('pause', broken) !== undefined,
    'an account that nobody looks at': () => run(some.map(untouched), fixtureOf).broken.length > 0,
    'a cell that may pass and does not': () =>
      run(some, fixtureOf, [{ because: '', substitutions: ['no data'], slots: { pause: ['config'] } }]).broken
        .length > 0,
  };
  return Object.entries(planted).flatMap(([name, found]) => (found() ? [] : [name]));
}

/** Its instruction is not the program's. */
function broken(name: InstructionName): Fixture | undefined {
  const fixture = fixtureOf(name);
  const spoiled = (instruction: TransactionInstruction) =>
    Object.assign(instruction, { data: Buffer.from([1]) });
  return fixture && { ...fixture, build: () => spoiled(fixture.build()) };
}

/** As if the program did not look at the slot: it is told to be changed where it is not. */
const untouched = (cell: Cell): Cell => ({ ...cell, slot: 0, substitution: 'other rights' });

export const program: Attack = {
  name: 'attack:program',
  what: 'Every instruction × who signs × each account slot × fourteen things in its place, on the real programs: nothing passes that is not allowed in words.',
  unit: 'cells',
  full: CELLS.length,
  fixed: true,
  slice: 250,
  honestIn: () => 1,
  classes: NAMES,
  classesFrom: CELLS.length,
  run({ from, count }) {
    const cells = CELLS.slice(from, from + count);
    const outcome = run(cells, fixtureOf);
    const [first] = cells;
    const problem = first && honestProblem(first.instruction, fixtureOf);
    return { ...outcome, honest: 1, refused: problem === undefined ? [] : [problem] };
  },
  missedDefects: () => [
    ...(CELLS.length === expectedCells() ? [] : [`${CELLS.length} cells, not ${expectedCells()}`]),
    ...plantedMissed(),
  ],
};
