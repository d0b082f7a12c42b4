import { basename, dirname } from 'node:path';
import { writeDocument } from '#governance/adapters/document-file.ts';
import { folderFiles } from '#governance/adapters/files.ts';
import type { AuditCheck } from '#governance/audit/check.ts';
import type { Audit } from '#governance/audit/document.ts';
import type { IntentState } from '#governance/chain/journal.ts';
import { SipError } from '#governance/errors.ts';
import type { Sip } from '#governance/sip/document.ts';
import { momentText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { Paper } from '../paper.ts';
import { pinnedHere } from '../pinned.ts';
import { readNamed } from '../read-file.ts';
import { columnsOf } from '../render/screen.ts';
import { verdictText } from '../render/verdict.ts';
import { wrapped } from '../render/words.ts';
import { VERSION } from '../version.ts';

const check = defineCommand({
  name: 'check',
  summary: 'Check an audit without a network, against a council and a program known from elsewhere',
  details:
    'Derives again what follows from the text, the accounts’ bytes and the signed transactions: digest, message, verdicts, votes and their ed25519 signatures, the record, epochs, receipts, reasons. Names each false statement by a code, and lists what is on the exporter’s word only. Exit 0 where everything that can be derived is true, else 3.',
  args: { file: { name: 'FILE', help: 'an audit, as "sip audit" writes it' } },
  examples: [
    ['audit check sip-0008.audit.json --council COUNCIL --program-id PROGRAM', 'as a third party'],
    ['audit check sip-0008.audit.json --profile main', 'and for this cluster only'],
  ],
  async run(context, { file }) {
    const { parseAudit } = await import('#governance/audit/document.ts');
    const { checkAudit } = await import('#governance/audit/check.ts');
    const audit = parseAudit(await readNamed(context.path(file), file), file);
    const pinned = await pinnedHere(context, 'an audit');
    const { AUDIT_FAULTS, ON_WORD } = await import('#governance/audit/findings.ts');
    const checked = checkAudit(audit, pinned, file);
    const { faults, onWord } = checked;
    return {
      json: { ...summaryOf(audit), faults, onWord },
      text(paper) {
        printSummary(paper, audit, checked);
        for (const { code, at, stated, derived } of faults) {
          paper.line();
          paper.line(`${paper.paint.red(code)}  ${at}: not true, ${AUDIT_FAULTS[code]}.`);
          for (const line of wrapped(
            `It says ${stated}; what follows is ${derived}.`,
            columnsOf(context) - 6,
          ))
            paper.line(`      ${line}`);
        }
        paper.line();
        paper.line(paper.paint.bold('On the exporter’s word only'));
        for (const { code, at } of onWord) paper.line(`  ${ON_WORD[code]}${at === '' ? '' : ` (${at})`}`);
      },
      exit: faults.length === 0 ? 0 : 3,
    };
  },
});

export const command = defineCommand({
  name: 'audit',
  summary: 'Write a SIP’s whole way, from its text to the epochs it opened, into one file for third parties',
  details:
    'Text and digest, every council transaction that carries it with its accounts’ bytes and verdict, the signed transactions that proposed, voted, executed and activated, the record, the epochs, and beside them reasons, receipts and this console’s journal. Times are the chain’s. With --sign the key at hand answers for what cannot be derived. Whoever gets the file checks it with "sip audit check", without a network.',
  args: { sip: { name: 'SIP', help: 'number or file of a SIP' } },
  options: {
    out: { flags: '--out <FILE>', help: 'where to write; beside you under the SIP’s name if left out' },
    handoff: { flags: '--handoff <FILE.sipz>', help: 'as its author handed it in, with the signature' },
    sign: { flags: '--sign', help: 'sign the document as its exporter' },
    replace: { flags: '--replace', help: 'write over an existing file' },
  },
  examples: [
    ['audit 8', 'writes sip-0008-….audit.json here'],
    ['audit 8 --out audit.json --handoff jupsol.sipz --sign', 'with its author, and answered for'],
  ],
  async run(context, { sip: named }, { out, handoff, sign, replace }) {
    const { gatherAudit } = await import('#governance/audit/gather.ts');
    const { renderAudit } = await import('#governance/audit/document.ts');
    const { sealAudit } = await import('#governance/audit/seal.ts');
    const { sip, bytes: text } = await context.sips.find(named);
    const pins = await context.pins();
    const rpc = await context.rpc();
    const beside = {
      text,
      handoff: handoff === undefined ? null : await handedIn(context, handoff, sip),
      ...(await keptBeside(context, sip)),
      journal: await journalOf(context, await rpc.genesisHash()),
      tool: VERSION,
    };
    context.stage('reading the chain');
    const gathered = await gatherAudit(rpc, pins, sip, beside);
    const audit = sign ? await sealAudit(gathered, await context.signer(0, 'offline')) : gathered;
    const file = out ?? `${basename(sip.file, '.md')}.audit.json`;
    await writeDocument(context.path(file), renderAudit(audit), replace === true);
    return {
      json: { file, ...summaryOf(audit) },
      text(paper) {
        printSummary(paper, audit, { sip });
        paper.line(file);
      },
    };
  },
  subcommands: [check],
});

/** Author and signature, where the file is of this very text. @throws SipError HANDOFF_INVALID, HANDOFF_SIGNATURE_INVALID */
async function handedIn(context: Context, file: string, sip: Sip): Promise<Audit['handoff']> {
  const { importHandoff } = await import('#governance/handoff/sipz.ts');
  const { parseUnnamed } = await import('#governance/sip/parse-unnamed.ts');
  const { author, digest, signature } = importHandoff(
    await readNamed(context.path(file), file),
    file,
    (text) => {
      const { header, digest } = parseUnnamed(text, file);
      return { sip: header.sip, digest };
    },
  );
  if (digest !== sip.digest) throw new SipError('HANDOFF_INVALID', { file, detail: 'it is of another text' });
  return { author, signature };
}

async function keptBeside(context: Context, sip: Sip) {
  const { readReasons } = await import('#governance/venues/squads/reasons.ts');
  const { readReceipts } = await import('#governance/receipts/beside.ts');
  const path = context.path(sip.file);
  const files = folderFiles(dirname(path));
  const [reasons, receipts] = await Promise.all([
    readReasons(files, basename(path)),
    readReceipts(files, basename(path)),
  ]);
  return { reasons, receipts };
}

/** For looking only: the journal may be in use. */
async function journalOf(context: Context, genesis: string): Promise<readonly IntentState[]> {
  const { journalPath } = await import('#governance/chain/settled-journal.ts');
  const { readJournal } = await import('#governance/chain/journal.ts');
  const { profile, sandbox } = await context.deployment();
  const network = sandbox === null ? null : (profile ?? 'embedded');
  return readJournal(context.files, journalPath({ genesis, network }).path);
}

function summaryOf(audit: Audit): Record<string, unknown> {
  return {
    sip: audit.sip,
    digest: audit.digest,
    council: audit.council,
    chainTime: audit.chainTime,
    transactions: audit.transactions.map(({ transactionIndex, verdict, status, approved, history }) => ({
      ...{ transactionIndex, verdict, status, approved },
      signedTransactions: history.length,
    })),
    epochs: audit.epochs.map(({ index, status, activatedBy, activatedAt }) => ({
      ...{ index, status, activatedBy, activatedAt },
    })),
    receipts: audit.receipts.length,
    reasons: audit.reasons.length,
    exporter: audit.seal?.key ?? null,
  };
}

function printSummary(paper: Paper, audit: Audit, { sip }: Pick<AuditCheck, 'sip'>): void {
  paper.line(`${paper.paint.bold(`SIP-${sip.header.sip}`)}  ${sip.header.title}`);
  paper.pairs([
    ['  digest', sip.digest],
    ['  author', audit.handoff?.author],
    ['  read', `slot ${audit.slot}, chain time ${momentText(audit.chainTime)}, by version ${audit.tool}`],
    ['  exporter', audit.seal?.key ?? 'not signed'],
  ]);
  for (const { transactionIndex: index, verdict, status, approved, history } of audit.transactions)
    paper.line(
      `  transaction ${index}: ${verdictText(paper.paint, verdict)}, ${status ?? 'not proposed'}, ${approved.length} approvals, ${history.length} signed transactions`,
    );
  for (const { index, status, activatedAt } of audit.epochs)
    paper.line(
      `  epoch ${index}: ${status ?? 'gone'}${activatedAt === null ? '' : `, activated ${momentText(activatedAt)}`}`,
    );
}
