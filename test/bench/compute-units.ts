import { type Keypair, SystemProgram } from '@solana/web3.js';
import { INSTRUCTION_NAMES, type InstructionName } from '#governance/restaking/instructions.ts';
import { loadPrograms } from '#governance/sandbox/programs.ts';
import { PROGRAM_ID, SQUADS_ID, SYSTEM_ID } from '../program/support/ids.ts';
import type { Outcome } from '../program/support/outcome.ts';
import { scenarioOf } from '../program/support/scenarios.ts';
import { succeeded, World } from '../program/support/world.ts';
import { type Call, callsIn, flatten, instructionIn } from './program-logs.ts';
import { ratio, type Section, whole } from './section.ts';

export interface ComputeUnitRow {
  readonly instruction: InstructionName;
  /** Of the instruction with all it calls. */
  readonly total: number;
  /** Of the calls it makes itself, each with all below it. */
  readonly calls: readonly number[];
  /** Of Squads' vault_transaction_execute around it and of what that calls; undefined for what needs no council. */
  readonly execute: { readonly total: number; readonly called: number } | undefined;
  /** Least and most over all runs. */
  readonly range: readonly [number, number];
}

type Figures = Omit<ComputeUnitRow, 'instruction' | 'range'>;

/** Each instruction in so many fresh worlds; the figures of a row are all of one run, the median by total. */
export function computeUnitRows(runs: number): readonly ComputeUnitRow[] {
  const system = systemUnits(new World());
  return INSTRUCTION_NAMES.map((instruction) => {
    const seen = Array.from({ length: runs }, () => figuresOf(instruction, run(instruction), system));
    const sorted = seen.sort((a, b) => a.total - b.total);
    const middle = sorted[Math.floor(runs / 2)] as Figures;
    return { instruction, ...middle, range: [sorted[0]?.total ?? 0, sorted.at(-1)?.total ?? 0] };
  });
}

function run(instruction: InstructionName): Outcome {
  const scenario = scenarioOf(instruction);
  if (scenario) return succeeded(scenario(new World())());
  if (instruction !== 'initialize') throw new Error(`no scenario makes ${instruction} succeed`);
  const w = new World({ bare: true });
  return succeeded(w.chain.send([w.initialize()], [w.upgradeAuthority]));
}

function figuresOf(instruction: InstructionName, { logs }: Outcome, system: number): Figures {
  const units = (call: Call): number => {
    if (call.computeUnits !== undefined) return call.computeUnits;
    if (call.program === SYSTEM_ID) return system;
    throw new Error(`${call.program} does not say what it used`);
  };
  const sum = (calls: readonly Call[]) => calls.reduce((total, call) => total + units(call), 0);
  const calls = callsIn(logs);
  const name = instruction.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const own = flatten(calls).find((call) => call.program === PROGRAM_ID && instructionIn(call) === name);
  if (!own) throw new Error(`${instruction} is not in the log`);
  const around = calls.find((call) => call.program === SQUADS_ID && flatten(call.calls).includes(own));
  return {
    total: units(own),
    calls: own.calls.map(units),
    execute: around && { total: units(around), called: sum(around.calls) },
  };
}

/** What one instruction of the System program is charged: it writes no line about it. */
function systemUnits({ chain, outsider }: World): number {
  const { publicKey: key } = outsider;
  const transfer = SystemProgram.transfer({ fromPubkey: key, toPubkey: key, lamports: 1 });
  const used = (instructions: Parameters<typeof chain.send>[0], signer: Keypair) =>
    Number(succeeded(chain.send(instructions, [signer])).computeUnits);
  return used([transfer], outsider) - used([], outsider);
}

export const computeUnits: Section = {
  name: 'compute-units',
  title: 'Compute units of the restaking program',
  async measure({ quick }) {
    const runs = quick ? 1 : 15;
    const programs = await loadPrograms();
    const rows = computeUnitRows(runs).map(({ instruction, total, calls, execute, range }) => {
      const called = calls.reduce((sum, units) => sum + units, 0);
      return [
        `\`${instruction}\``,
        whole(total),
        `${whole(range[0])} to ${whole(range[1])}`,
        calls.length === 0 ? 'none' : `${calls.length}: ${whole(called)}`,
        ratio(total, called),
        execute ? whole(execute.total) : 'n/a',
        execute ? ratio(execute.total, execute.called) : 'n/a',
      ];
    });
    const columns = [
      'Instruction',
      'Units',
      'Least to most',
      'Its CPIs',
      'Units ÷ CPIs',
      '`vault_transaction_execute`',
      '÷ what it calls',
    ];
    const built = programs
      .filter(({ name }) => name === 'restaking' || name === 'squads')
      .map(({ name, sha256, origin }) => `${name} ${sha256.slice(0, 16)}… (${origin})`);
    return {
      tables: [{ columns, rows }],
      notes: [
        `Each instruction in ${runs} fresh world(s) on LiteSVM, from the runtime's own lines; a row holds one run, the median. They differ because addresses are drawn by lot and finding a PDA's bump takes a varying number of tries.`,
        `"Its CPIs" is how many calls it makes itself and what they use, with all below them. What the runtime charges for making a call counts for the caller, as on chain. The System program logs no units: one call of it was measured by itself. LiteSVM's Token program uses 100 to 150 units for a transfer, mint, burn, freeze or thaw, so ratios to such calls are large.`,
        '`vault_transaction_execute` is the whole transaction of the council: `begin_sip`, the instruction, and the work of Squads. Other compilers give other figures; the programs were:',
        built.map((line) => `* ${line}`).join('\n'),
      ],
    };
  },
};
