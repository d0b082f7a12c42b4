import type { LintFinding } from './document.ts';
import type { LintReport, SipFile } from './lint.ts';

/** How much of a long source line is shown around the caret. */
const WINDOW = 100;

/** The report for `--output json`. */
export function lintJson(report: Pick<LintReport, 'ok' | 'findings'>): {
  readonly schemaVersion: 1;
  readonly ok: boolean;
  readonly findings: readonly LintFinding[];
} {
  return { schemaVersion: 1, ok: report.ok, findings: report.findings };
}

/**
 * The report for people, one paragraph for each finding:
 * `error[id]: message --> file:line:column`, the source line with a caret below the place, `= help: …`.
 */
export function lintText(report: Pick<LintReport, 'findings'>, files: readonly SipFile[]): string {
  const sources = new Map<string, readonly string[]>();
  for (const { file, bytes } of files) {
    sources.set(file, new TextDecoder().decode(bytes).split(/\r\n?|\n/));
  }
  return report.findings.map((finding) => paragraph(finding, sources.get(finding.file) ?? [])).join('\n');
}

function paragraph(finding: LintFinding, source: readonly string[]): string {
  const { file, line, column, level, code, message, help } = finding;
  const head = `${level}[${code}]: ${message} --> ${file}:${line}:${column}\n`;
  const gutter = String(line).replace(/./g, ' ');
  const text = source[line - 1];
  const tail = `${gutter} = help: ${help}\n`;
  if (text === undefined) return head + tail;
  const from = column > WINDOW ? column - 1 - WINDOW / 2 : 0;
  const shown = visible(text.slice(from, from + WINDOW));
  const caret = ' '.repeat([...visible(text.slice(from, column - 1))].length);
  return `${head}${gutter} |\n${line} | ${shown}\n${gutter} | ${caret}^\n${tail}`;
}

/** Without what a terminal would obey or hide: one stand-in for each such character, so the caret keeps its place. */
function visible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (char) =>
    char === '\t' ? ' ' : '\u{fffd}',
  );
}
