import { isSipError, SipError } from '#governance/errors.ts';
import type { Gate } from '#governance/operations/epochs.ts';
import type { OperationOutcome } from '#governance/operations/send.ts';
import type { Landed } from '#governance/venues/squads/outcome.ts';
import { defineCommand, Refused, type Result } from '../command.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';
import { whole } from '../values.ts';

const index = { name: 'INDEX', help: 'the epoch; left out, whichever is due', optional: true } as const;
const epochIndex = whole(0, 65_535);

const activate = defineCommand({
  name: 'activate',
  summary: 'Activate the next scheduled epoch, as the epoch admin',
  details:
    'Prints every condition first; while one is missing nothing is sent and the exit code is 4. There is nothing to choose: the terms are those of the SIP.',
  args: { index },
  examples: [
    ['epoch activate', 'the next scheduled epoch'],
    ['epoch activate 2 --keypair admin.json', 'refuses unless epoch 2 is next'],
  ],
  async run(context, args) {
    const { activateEpoch, activationGates } = await import('#governance/operations/epochs.ts');
    const pins = await context.pins();
    const wanted = indexIn(args.index);
    const { reviewedSigner } = await import('#governance/operations/reviewed-signer.ts');
    const signer = reviewedSigner(await context.signer('epoch-admin'), pins);
    const by = signer.publicKey.toBase58() as typeof pins.council;
    return context.sending(async (ports) => {
      const { index: due, gates } = await activationGates(ports.rpc, pins, by);
      if (gates.every(({ passed }) => passed)) await context.confirm(`activate restaking epoch ${due}`);
      context.stage('activating');
      const outcome = await activateEpoch(ports, { pins, signer, ...wanted }, context.venueOptions());
      const landed = landedOrNotReady(outcome);
      return result('active', wanted?.index ?? due, gates, landed);
    });
  },
});

const close = defineCommand({
  name: 'close',
  summary: 'Close the active epoch once its window has passed; anyone may',
  args: { index },
  examples: [['epoch close', 'the active epoch']],
  async run(context, args) {
    const { closeEpoch } = await import('#governance/operations/epochs.ts');
    const { readAccount } = await import('#governance/restaking/state.ts');
    const { restakingPdas } = await import('#governance/restaking/pdas.ts');
    const pins = await context.pins();
    const wanted = indexIn(args.index);
    const { reviewedSigner } = await import('#governance/operations/reviewed-signer.ts');
    const signer = reviewedSigner(await context.signer(), pins);
    return context.sending(async (ports) => {
      const config = await readAccount(
        ports.rpc,
        pins.programId,
        'Config',
        restakingPdas(pins.programId).config,
      );
      await context.confirm(`close restaking epoch ${wanted?.index ?? config?.activeEpoch}`);
      context.stage('closing');
      const outcome = await closeEpoch(ports, { pins, signer, ...wanted }, context.venueOptions());
      return result(
        'closed',
        wanted?.index ?? config?.activeEpoch ?? undefined,
        [],
        landedOrNotReady(outcome),
      );
    });
  },
});

export const command = defineCommand({
  name: 'epoch',
  summary: 'Activate or close a restaking epoch',
  examples: [],
  subcommands: [activate, close],
});

function indexIn(text: string | undefined): { readonly index: number } | undefined {
  if (text === undefined) return undefined;
  try {
    return { index: epochIndex(text) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new SipError('USAGE', { detail: `"${text}" is no epoch: ${error.message}` });
  }
}

/** What is not ready is an answer with its check list; everything else is thrown. */
function landedOrNotReady(outcome: OperationOutcome): Landed | SipError {
  if (outcome.kind === 'landed') return outcome;
  if (isSipError(outcome.error, 'EPOCH_NOT_READY')) return outcome.error;
  throw outcome.error;
}

function result(
  done: string,
  epoch: number | undefined,
  gates: readonly Gate[],
  ended: Landed | SipError,
): Result {
  if ('code' in ended) {
    const { code, message, remedy } = ended;
    return {
      json: { ok: false, error: { code, message, sent: 'no', remedy }, index: epoch ?? null, gates },
      text: (paper) => {
        printGates(paper, gates);
        paper.line(`${paper.paint.red(message)} Nothing was sent.`);
        paper.line(`  ${remedy}`);
      },
      exit: 4,
    };
  }
  const { signature, slot, computeUnits } = ended;
  return {
    json: {
      ok: true,
      index: epoch ?? null,
      gates,
      signature,
      slot: count(slot),
      computeUnits: computeUnits === null ? null : count(computeUnits),
    },
    text: (paper) => {
      printGates(paper, gates);
      paper.line(`Restaking epoch ${epoch} is ${paper.paint.green(done)}.`);
      paper.pairs([['  signature', signature]]);
    },
  };
}

function printGates({ paint, ...paper }: Paper, gates: readonly Gate[]): void {
  paper.pairs(
    gates.map(({ name, passed, detail }) => [
      `${passed ? '✓' : '✗'} ${name}`,
      passed ? detail : paint.red(detail),
    ]),
  );
}
