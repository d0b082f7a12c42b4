import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'lint',
  summary: 'Check SIP files against the rules of the document',
  details:
    'Needs no network and does not look at the date. A number is looked for twice among the files named and the other files of their folders; README.md and template.md of a folder are skipped.',
  args: {
    files: {
      name: 'FILE',
      help: 'SIP files or folders of them; the folder of SIPs if left out',
      optional: true,
      many: true,
    },
  },
  examples: [
    ['lint', 'every SIP of the project'],
    ['lint sips/sip-0008-whitelist-jupsol.md', 'one SIP, its number compared with its neighbours'],
    ['lint sips --output json', 'the findings as data'],
  ],
  async run(context, { files }) {
    const { lintFiles } = await import('#governance/sip/lint.ts');
    const { lintJson, lintText } = await import('#governance/sip/lint-output.ts');
    context.stage('linting');
    const found = await context.sips.files(files.length > 0 ? files : [context.sips.shown]);
    if (found.length === 0) context.warn('There is no SIP here.');
    const report = lintFiles(found, { neighbours: await context.sips.neighbours(found) });
    const errors = report.findings.filter(({ level }) => level === 'error').length;
    const warnings = report.findings.length - errors;
    return {
      json: lintJson(report),
      text(paper) {
        const text = lintText(report, found);
        if (text !== '') paper.line(text);
        const all = `${amount(found.length, 'file')}, ${amount(errors, 'error')}, ${amount(warnings, 'warning')}`;
        paper.line(report.ok ? paper.paint.green(all) : paper.paint.red(all));
      },
      exit: report.ok ? 0 : 1,
    };
  },
});

const amount = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
