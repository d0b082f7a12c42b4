import { outcomeError, type SendOutcome, type SendPorts, sendTransaction } from '../chain/send.ts';
import { isSipError, SipError } from '../errors.ts';
import { restakingErrorNames } from '../restaking/errors.ts';
import type { Sent } from '../types.ts';
import { setupSigner } from './allow.ts';
import { judgeSteps, refuseMismatch, type StepName, type StepState } from './judge.ts';
import { planSetup, requireFunds, type SetupPlan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import { type Facts, readFacts } from './read.ts';
import * as transactions from './transactions.ts';
import { type Written, writeBuffer } from './write-buffer.ts';

export interface SetupOptions {
  readonly computeUnitPriceMicroLamports?: bigint | undefined;
  /** What is under way, for a progress line. */
  readonly onStage?: (text: string) => void;
  /** A transaction of the journal has landed. */
  readonly onLanded?: (step: StepName, signature: string) => Promise<void> | void;
  readonly onDone?: (step: DoneStep) => void;
}

export interface DoneStep {
  readonly name: StepName;
  /** `kept`: it stood on chain before. */
  readonly outcome: 'done' | 'kept';
  readonly detail: string;
  readonly signatures: readonly string[];
  readonly ms: number;
  /** Of the program's bytes; null for the other steps. */
  readonly written: Written | null;
}

export interface Applied {
  readonly steps: readonly DoneStep[];
  readonly facts: Facts;
}

export interface SetupPorts extends SendPorts {
  /** What this run has sent: for the sentence that every failure and every interruption owes. */
  readonly tally: { sent: Sent };
}

/** A node may be behind the one that confirmed. */
const CATCH_UP_MS = 60_000;

/**
 * Does what is missing, in order, each step judged anew from the chain before and after. Run again after any
 * interruption it goes on where the chain stands.
 * @throws SipError SETUP_MISMATCH, INSUFFICIENT_LAMPORTS (before anything is sent), SETUP_NOT_ON_LIST, SETUP_STALLED,
 * PROGRAM_KEYPAIR_MISSING, SQUADS_MISSING, those of outcomeError() and of the endpoint
 */
export async function applySetup(
  ports: SetupPorts,
  prepared: Prepared,
  options: SetupOptions = {},
): Promise<Applied> {
  const plan = await planSetup(ports.rpc, prepared, options.computeUnitPriceMicroLamports);
  refuseMismatch(plan.steps);
  requireFunds(plan);
  const run = new Run(ports, prepared, options, plan);
  const steps: DoneStep[] = [];
  try {
    for (const { name } of plan.steps) {
      const step = await run.step(name);
      steps.push(step);
      options.onDone?.(step);
    }
  } catch (error) {
    // An error speaks of itself; what was sent before it is on chain, or may be.
    if (isSipError(error) && error.sent === 'no' && ports.tally.sent !== 'no')
      throw new SipError(error.code, error.facts, { sent: ports.tally.sent, cause: error });
    throw error;
  }
  return { steps, facts: run.facts };
}

class Run {
  readonly #ports: SetupPorts;
  readonly #prepared: Prepared;
  readonly #options: SetupOptions;
  readonly #plan: SetupPlan;
  facts: Facts;

  constructor(ports: SetupPorts, prepared: Prepared, options: SetupOptions, plan: SetupPlan) {
    this.#ports = ports;
    this.#prepared = prepared;
    this.#options = options;
    this.#plan = plan;
    this.facts = plan.facts;
  }

  async step(name: StepName): Promise<DoneStep> {
    const started = this.#ports.timer.now();
    const before = this.#judge(name);
    if (before.state === 'done')
      return { name, outcome: 'kept', detail: before.detail, signatures: [], ms: 0, written: null };
    const signatures: string[] = [];
    let written: Written | null = null;
    if (name === 'program') written = await this.#program(signatures);
    else await this.#send(this.#transaction(name), signatures);
    const after = this.#judge(name);
    if (after.state !== 'done')
      throw new SipError(
        'INTERNAL',
        { detail: `the step ${name} was sent and is still ${after.state}` },
        { sent: 'yes' },
      );
    return {
      name,
      outcome: 'done',
      detail: after.detail,
      signatures,
      ms: this.#ports.timer.now() - started,
      written,
    };
  }

  /** @throws SipError SETUP_MISMATCH where anything is not as the target says: no later step may build on it */
  #judge(name: StepName): StepState {
    const steps = judgeSteps(this.#prepared.target, this.facts);
    refuseMismatch(steps);
    return steps.find((step) => step.name === name) as StepState;
  }

  #transaction(name: Exclude<StepName, 'program'>): transactions.SetupTransaction {
    const { addresses } = this.#plan;
    switch (name) {
      case 'council':
        return transactions.createCouncil(this.#prepared, addresses);
      case 'initialize':
        return transactions.initialize(this.#prepared, addresses);
      case 'upgrade-authority':
        return transactions.moveUpgradeAuthority(this.#prepared, addresses);
      case 'vault':
        return transactions.fundVault(this.#prepared, addresses, this.facts);
    }
  }

  async #program(signatures: string[]): Promise<Written> {
    const { addresses, rent } = this.#plan;
    const { request, target } = this.#prepared;
    transactions.programKeyOf(this.#prepared); // before the first lamport is spent
    if (this.facts.buffer.kind === 'none')
      await this.#send(transactions.createBuffer(this.#prepared, addresses, this.facts, rent), signatures);
    const { rpc, timer, tally } = this.#ports;
    const sendRaw = (bytes: Uint8Array) => {
      tally.sent = 'unknown';
      return rpc.sendRaw(bytes);
    };
    let said = '';
    const written = await writeBuffer(
      { rpc: { ...rpc, sendRaw }, timer },
      {
        deployer: setupSigner(request.deployer, addresses),
        buffer: addresses.buffer,
        elf: target.elf,
        computeUnitPriceMicroLamports: this.#options.computeUnitPriceMicroLamports,
        onProgress: (what, pieces, all) => {
          // Not at every piece: a stage is shown when it lasts.
          const step = `${what} ${Math.floor((10 * pieces) / all)}`;
          if (step !== said)
            this.#options.onStage?.(
              `writing the program: ${pieces} of ${all} pieces ${what === 'sent' ? 'sent' : 'on chain'}`,
            );
          said = step;
        },
      },
    );
    if (written.sends > 0) tally.sent = 'yes';
    await this.#send(transactions.deploy(this.#prepared, addresses, this.facts, rent), signatures, 1n);
    return written;
  }

  /** @param slots further ones to wait for: a program can be called from the slot after its deployment on */
  async #send(
    { step, describe, instructions, extraSigners }: transactions.SetupTransaction,
    signatures: string[],
    slots = 0n,
  ): Promise<void> {
    const { addresses } = this.#plan;
    const { tally } = this.#ports;
    this.#options.onStage?.(describe);
    const outcome = await sendTransaction(this.#ports, {
      signer: setupSigner(this.#prepared.request.deployer, addresses),
      extraSigners: extraSigners.map((signer) => setupSigner(signer, addresses)),
      instructions,
      describe: `setup: ${describe}`,
      onStage: (stage) => {
        if (stage === 'sent') tally.sent = 'unknown';
      },
      hints: { names: { [this.#prepared.target.programId]: restakingErrorNames } },
      ...(this.#options.computeUnitPriceMicroLamports !== undefined && {
        computeUnitPriceMicroLamports: this.#options.computeUnitPriceMicroLamports,
      }),
    });
    if ('signature' in outcome) tally.sent = outcome.kind === 'unknown' ? 'unknown' : 'yes';
    const slot = slotOf(outcome);
    if ('signature' in outcome) signatures.push(outcome.signature);
    if (outcome.kind === 'landed') await this.#options.onLanded?.(step, outcome.signature);
    await this.#catchUp(slot + slots);
  }

  async #catchUp(slot: bigint): Promise<void> {
    const { rpc, timer } = this.#ports;
    const until = timer.now() + CATCH_UP_MS;
    for (;;) {
      this.facts = await readFacts(rpc, this.#prepared.target);
      if (this.facts.slot >= slot) return;
      if (timer.now() >= until)
        throw new SipError(
          'ENDPOINT_DOWN',
          { endpoint: 'in use', reason: `it stays behind slot ${slot}` },
          { sent: 'yes' },
        );
      await timer.sleep(100);
    }
  }
}

/** @throws SipError of outcomeError() */
function slotOf(outcome: SendOutcome): bigint {
  const error = outcomeError(outcome);
  if (error !== null) throw error;
  return outcome.kind === 'landed' ? outcome.slot : 0n;
}
