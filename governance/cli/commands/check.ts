import { actionOf } from '#governance/actions/registry.ts';
import { defineCommand } from '../command.ts';
import { readDocument } from '../documents.ts';
import { findingsCount, printFindings } from '../render/findings.ts';
import { columnsOf } from '../render/screen.ts';
import { solText } from '../render/words.ts';

export const command = defineCommand({
  name: 'check',
  summary: 'Say what a SIP would meet on chain if it were proposed now',
  details:
    'Looks up what its actions name, whether the council and the program would accept it, which pools would be left without a cap, and what rent the vault will pay. Exit 1 when something would make the execution fail.',
  args: { file: { name: 'FILE', help: 'SIP file, its number, or a .sipz file handed in' } },
  examples: [
    ['check sips/sip-0008-whitelist-jupsol.md', 'before proposing'],
    ['check 8 --url mainnet-beta --council ADDRESS --program-id ADDRESS', 'on another deployment'],
  ],
  async run(context, { file }) {
    const { sip, author } = await readDocument(context, file);
    const { checkSip } = await import('#governance/lifecycle/check.ts');
    const pins = await context.pins();
    const rpc = await context.rpc();
    context.stage('checking against the chain');
    const { ok, findings, rentLamports, vaultLamports } = await checkSip(rpc, pins, sip);
    const actions = sip.actions.map(({ kind, params }) => ({
      kind,
      describe: actionOf(kind)?.describe(params) ?? kind,
    }));
    return {
      json: { ok, sip: sip.header.sip, digest: sip.digest, findings, rentLamports, vaultLamports },
      text: (paper) => {
        const { paint } = paper;
        paper.line(`${paint.bold(`SIP-${sip.header.sip}`)}  ${sip.header.title}`);
        paper.pairs([
          ['  digest', sip.digest],
          ['  handed in by', author],
          [
            '  rent',
            `up to ${solText(rentLamports)}, paid by the vault, which holds ${solText(vaultLamports)}`,
          ],
        ]);
        paper.line();
        printFindings(paper, findings, actions, columnsOf(context));
        paper.line();
        paper.line(
          `${ok ? paint.green('It can be proposed') : paint.red('It would fail')}: ${findingsCount(findings)}.`,
        );
      },
      exit: ok ? 0 : 1,
    };
  },
});
