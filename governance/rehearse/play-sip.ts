import { confirmExpectations } from '../actions/confirm.ts';
import { keyOf } from '../chain/address.ts';
import { outcomeError, sendTransaction } from '../chain/send.ts';
import { checkSip } from '../lifecycle/check.ts';
import { expectationsOf } from '../lifecycle/expected.ts';
import { compileSip, recompilePart } from '../plan/compile.ts';
import { act } from '../proposals/act.ts';
import { judgeTransaction } from '../proposals/judge.ts';
import { sipLibrary } from '../proposals/library.ts';
import { submitSip } from '../proposals/submit.ts';
import type { Sip } from '../sip/document.ts';
import { lintFiles } from '../sip/lint.ts';
import { renderTime } from '../times.ts';
import { vaultTransactionExecute } from '../venues/squads/instructions.ts';
import { parseStored } from '../venues/squads/message.ts';
import type { Landed } from '../venues/squads/outcome.ts';
import { readCouncil } from '../venues/squads/state.ts';
import { expectThat, type Seen, type Stages, seenOf } from './stages.ts';
import { nowIn, type RehearsalWorld, reach } from './world.ts';

/** One SIP from its text to the state it promises, with every refusal on the way. @throws StageFailed. */
export async function playSip(world: RehearsalWorld, stages: Stages, sip: Sip): Promise<void> {
  const { pins, ports } = world;
  const number = sip.header.sip;
  await reach(world, BigInt(Date.parse(`${sip.header.updated}T00:00:00Z`) / 1000));
  const council = await readCouncil(ports.rpc, pins.council);

  await stages.run(number, 'lint', async () => {
    const { ok, findings } = lintFiles([{ file: sip.file, bytes: new TextEncoder().encode(sip.text) }]);
    expectThat(ok, findings.map(({ line, message }) => `line ${line}: ${message}`).join('; '));
    return {
      detail: findings.length === 0 ? 'nothing to mend' : findings.map(({ code }) => code).join(', '),
    };
  });
  await stages.run(number, 'compile', async () => {
    const { parts } = compileSip(sip, {
      pins,
      members: council.members,
      transactionIndex: council.transactionIndex + 1n,
    });
    const instructions = parts.reduce((sum, part) => sum + part.instructions.length, 0);
    return { detail: `${parts.length} part(s), ${instructions} instructions` };
  });
  await stages.run(number, 'check', async () => {
    const { findings, ok } = await checkSip(ports.rpc, pins, sip);
    expectThat(ok, findings.map(({ message }) => message).join('; '));
    return { detail: findings.length === 0 ? 'nothing to say' : findings.map(({ code }) => code).join(', ') };
  });
  const indexes = await proposeParts(world, stages, sip);
  const steps = indexes.map((index, at) => ({
    sip,
    part: at + 1,
    index,
    label: indexes.length > 1 ? ` part ${at + 1}` : '',
  }));
  for (const step of steps) await playApproval(world, stages, step, council.threshold);
  await playTimeLock(world, stages, steps, council.timeLockSeconds);
  for (const step of steps) await playExecution(world, stages, step);
  await stages.run(number, 'expect', async () => {
    const differences = await confirmExpectations(expectationsOf(sip, pins), ports.rpc, pins.programId);
    const said = differences.map(
      ({ type, field, expected, actual }) => `${type}.${field}: expected ${expected}, found ${actual}`,
    );
    expectThat(differences.length === 0, said.join('; '));
    return { detail: 'the state on chain is what the text says' };
  });
}

async function proposeParts(
  { ports, pins, submitter }: RehearsalWorld,
  stages: Stages,
  sip: Sip,
): Promise<readonly bigint[]> {
  let indexes: readonly bigint[] = [];
  await stages.run(sip.header.sip, 'propose', async () => {
    const outcome = await submitSip(ports, { pins, sip, creator: submitter });
    if (outcome.kind === 'not-done') throw outcome.error;
    expectThat(outcome.kind === 'submitted', 'it was proposed before');
    indexes = outcome.parts.map(({ transactionIndex }) => transactionIndex);
    const landed = outcome.parts.flatMap((part) => part.landed);
    const last = landed.at(-1);
    return { detail: `transaction ${indexes.join(', ')}`, ...(last ? seenOf(last) : {}) };
  });
  await stages.run(sip.header.sip, 'propose again', async () => {
    const outcome = await submitSip(ports, { pins, sip, creator: submitter });
    expectThat(outcome.kind === 'already-proposed', `a second proposal was made: ${outcome.kind}`);
    return { detail: 'found the first one, nothing sent' };
  });
  return indexes;
}

interface Step {
  readonly sip: Sip;
  readonly part: number;
  readonly index: bigint;
  /** Distinguishes parts where there are several. */
  readonly label: string;
}

async function playApproval(
  world: RehearsalWorld,
  stages: Stages,
  step: Step,
  threshold: number,
): Promise<void> {
  const { ports, pins, voters } = world;
  const { sip, index, label } = step;
  const library = sipLibrary([sip]);
  const approve = async (seat: number): Promise<Landed> => {
    const member = voters[seat];
    if (!member) throw new Error(`the council has no voter ${seat}`);
    const outcome = await act(ports, { pins, library, transactionIndex: index, member }, 'approve');
    if (outcome.kind === 'voted') return outcome.landed;
    throw outcome.kind === 'not-done' ? outcome.error : new Error(`the vote was ${outcome.kind}`);
  };
  const number = sip.header.sip;
  if (threshold > 1) {
    await stages.run(number, `approve${label} (${threshold - 1} of ${threshold})`, async () => {
      let last: Landed | undefined;
      for (let seat = 0; seat < threshold - 1; seat += 1) last = await approve(seat);
      return last ? seenOf(last) : {};
    });
    await stages.run(number, `execute${label} too early`, () =>
      refusedExecution(world, step, 'InvalidProposalStatus'),
    );
  }
  await stages.run(number, `approve${label} (${threshold} of ${threshold})`, async () =>
    seenOf(await approve(threshold - 1)),
  );
}

/** The locks of all parts run side by side, so one wait serves them all. */
async function playTimeLock(
  world: RehearsalWorld,
  stages: Stages,
  steps: readonly Step[],
  seconds: number,
): Promise<void> {
  if (seconds === 0) return;
  for (const step of steps) {
    await stages.run(step.sip.header.sip, `execute${step.label} in the time lock`, () =>
      refusedExecution(world, step, 'TimeLockNotReleased'),
    );
  }
  await stages.run(steps[0]?.sip.header.sip ?? null, 'time lock', async () => {
    await reach(world, (await nowIn(world)) + BigInt(seconds));
    return { detail: `${seconds} s pass, it is ${renderTime(await nowIn(world))}` };
  });
}

async function playExecution(
  world: RehearsalWorld,
  stages: Stages,
  { sip, index, label }: Step,
): Promise<void> {
  const { ports, pins, voters } = world;
  const number = sip.header.sip;
  await stages.run(number, `execute${label}`, async () => {
    const member = voters[0];
    if (!member) throw new Error('the council has no voter');
    const library = sipLibrary([sip]);
    const outcome = await act(ports, { pins, library, transactionIndex: index, member }, 'execute');
    if (outcome.kind === 'executed') return seenOf(outcome.landed);
    throw outcome.kind === 'not-done' ? outcome.error : new Error(`the execution was ${outcome.kind}`);
  });
  await stages.run(number, `verify${label}`, async () => {
    const { verification } = await judgeTransaction(ports.rpc, pins, index, { insistOn: sip });
    const { verdict, executed } = verification;
    expectThat(verdict === 'match' && executed, `the verdict is ${verdict}, executed: ${executed}`);
    return { detail: 'match, executed' };
  });
}

/** Asks the chain itself, past the console's own checks: what refuses here refuses whatever console is used. */
async function refusedExecution(
  world: RehearsalWorld,
  { sip, part, index }: Step,
  name: string,
): Promise<Seen> {
  const { ports, pins, voters } = world;
  const signer = voters[0];
  if (!signer) throw new Error('the council has no voter');
  const { membersHash } = await readCouncil(ports.rpc, pins.council);
  const compiled = recompilePart(sip, pins, { part, membersHash, councilTx: index });
  if (!compiled) throw new Error('the SIP compiles to nothing');
  const instruction = vaultTransactionExecute({
    council: keyOf(pins.council),
    transactionIndex: index,
    member: signer.publicKey,
    message: parseStored(compiled.accountMessage),
  });
  const outcome = await sendTransaction(ports, {
    signer,
    instructions: [instruction],
    describe: `execute transaction ${index}`,
  });
  expectThat(outcome.kind === 'refused', 'the chain did not refuse it');
  const found = outcome.kind === 'refused' ? outcome.failure.name : undefined;
  if (found !== name) throw outcomeError(outcome) ?? new Error(`refused by ${found}, not by ${name}`);
  return { detail: `refused by Squads: ${name}` };
}
