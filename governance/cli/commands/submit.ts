import { SipError } from '#governance/errors.ts';
import type { CheckFinding } from '#governance/lifecycle/check.ts';
import type { SubmitOutcome, SubmittedPart } from '#governance/proposals/submit.ts';
import type { Pins } from '#governance/types.ts';
import type { VenuePorts } from '#governance/venues/squads/outcome.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { keepReason, REASON_NOT_KEPT, reasonText } from '../decide.ts';
import { type Document, readDocument } from '../documents.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';
import { transactionToJson } from '../render/status.ts';
import { plural } from '../render/words.ts';

type Standing = Exclude<SubmitOutcome, { kind: 'not-done' }>;

export const command = defineCommand({
  name: 'submit',
  summary: 'Put a SIP before the council',
  details:
    'Lints and checks the SIP, compiles it, and proposes each part as one vault transaction. Run again after any interruption it finds what stands on chain and adds only what is missing. A .sipz file that its author handed in is proposed by you as its sponsor.',
  args: { file: { name: 'FILE', help: 'SIP file, its number, or a .sipz file handed in' } },
  options: {
    skipCheck: { flags: '--skip-check', help: 'propose although the check finds errors' },
    reason: {
      flags: '--reason <text>',
      help: 'why, kept beside the SIP file (never on chain)',
      parse: reasonText,
    },
  },
  examples: [
    ['submit sips/sip-0008-whitelist-jupsol.md', 'propose a SIP'],
    ['submit jupsol.sipz', 'as sponsor of a SIP that was handed in'],
    ['submit 8 --as 5', 'on the embedded network, by the seat that can only initiate'],
  ],
  async run(context, { file }, { skipCheck, reason }) {
    const document = await readDocument(context, file);
    const { sip } = document;
    if (reason !== undefined && document.author !== undefined)
      throw new SipError('USAGE', { detail: 'a reason is kept beside the SIP file: run "sip import" first' });
    const pins = await context.pins();
    const { reviewedSigner } = await import('#governance/operations/reviewed-signer.ts');
    const creator = reviewedSigner(await context.signer(), pins);
    const { submitSip } = await import('#governance/proposals/submit.ts');
    const { outcome, findings } = await context.sending(async (ports) => {
      const found = await checkUnlessStanding(context, ports, pins, document, skipCheck === true);
      await context.confirm(`propose SIP-${sip.header.sip} "${sip.header.title}"`);
      context.stage(`proposing SIP-${sip.header.sip}`);
      return {
        findings: found,
        outcome: await submitSip(ports, { pins, sip, creator }, context.venueOptions()),
      };
    });
    if (outcome.kind === 'not-done') {
      for (const { part, transactionIndex } of outcome.parts)
        context.warn(`Part ${part} stands on chain as transaction ${transactionIndex}.`);
      throw outcome.error;
    }
    const last = outcome.parts.flatMap((part) => part.landed).at(-1);
    if (reason !== undefined && last !== undefined)
      await keepReason(context, sip, {
        transactionIndex: outcome.parts[0]?.transactionIndex ?? 0n,
        council: pins.council,
        vote: 'propose',
        who: creator.publicKey.toBase58() as Pins['council'],
        when: (await (await context.rpc()).clock()).unixTimestamp,
        signature: last.signature,
        text: reason,
      });
    else if (reason !== undefined) context.warn(REASON_NOT_KEPT);
    const { proposalAddress, transactionAddress } = await import('#governance/verify/index.ts');
    const parts = outcome.parts.map((part) => ({
      ...part,
      transaction: transactionAddress(pins.council, part.transactionIndex).address,
      proposal: proposalAddress(pins.council, part.transactionIndex).address,
    }));
    return {
      json: {
        sip: sip.header.sip,
        digest: sip.digest,
        outcome: outcome.kind,
        parts: parts.map(({ landed, transactionIndex, ...part }) => ({
          ...part,
          transactionIndex: count(transactionIndex),
          signatures: landed.map(({ signature }) => signature),
        })),
        impostors: outcome.impostors.map(transactionToJson),
        findings,
      },
      text: (paper) => print(paper, document, outcome, parts),
    };
  },
});

/** What stands on chain already need not be possible any more; what is proposed afresh must be. */
async function checkUnlessStanding(
  context: Context,
  ports: VenuePorts,
  pins: Pins,
  { sip, author }: Document,
  skip: boolean,
): Promise<readonly CheckFinding[]> {
  if (skip) return [];
  const { standingOf } = await import('#governance/proposals/parts.ts');
  const { checkSip } = await import('#governance/lifecycle/check.ts');
  context.stage('looking at the council');
  const { live, record, parts } = await standingOf(ports.rpc, pins, sip);
  if (record !== undefined || live.size === parts) return [];
  context.stage('checking against the chain');
  const { findings } = await checkSip(ports.rpc, pins, sip);
  // Impostors are told with the outcome.
  const told = findings.filter(({ code }) => code !== 'impostor');
  for (const { level, code, message, action } of told)
    context.warn(`${level}[${code}]${action === null ? '' : ` in action ${action}`}: ${message}`);
  const errors = told.filter(({ level }) => level === 'error');
  if (errors.length > 0)
    throw new SipError('CHECK_FAILED', {
      sip: sip.header.sip,
      file: author === undefined ? sip.file : 'FILE',
      count: plural(errors.length, 'error'),
      first: errors[0]?.message.replace(/\.$/, ''),
    });
  return told;
}

type Shown = SubmittedPart & { readonly transaction: string; readonly proposal: string };

function print(paper: Paper, { sip, author }: Document, outcome: Standing, parts: readonly Shown[]): void {
  const { paint } = paper;
  const name = `SIP-${sip.header.sip} "${sip.header.title}"`;
  if (outcome.kind === 'already-proposed')
    paper.line(`${paint.bold(name)} is before the council already. Nothing was sent.`);
  else paper.line(`${paint.bold(name)} is ${paint.green('before the council')}.`);
  paper.pairs([
    ['  digest', sip.digest],
    ['  handed in by', author],
  ]);
  for (const { part, transactionIndex, transaction, proposal, landed } of parts) {
    const sent = landed.length > 0 ? '' : paint.dim('  (stood on chain before)');
    paper.line(
      `  part ${part} of ${parts.at(-1)?.part ?? part}  ${paint.bold(`transaction ${transactionIndex}`)}${sent}`,
    );
    paper.pairs([
      ['    account', transaction],
      ['    proposal', proposal],
      ...landed.map(({ signature }) => ['    signature', signature] as const),
    ]);
  }
  for (const { transactionIndex, verification, creator } of outcome.impostors)
    paper.line(
      paint.yellow(
        `  Impostor: transaction ${transactionIndex} by ${creator} names this digest and is not it (${verification.verdict}).`,
      ),
    );
  paper.line();
  if (author !== undefined) paper.line('Keep the text where your signers find it: sip import FILE.sipz');
  paper.line(`Next: the council approves it with "sip approve ${sip.header.sip}".`);
}
