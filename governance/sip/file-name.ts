import type { Findings } from './findings.ts';

const FILE_NAME = /^sip-(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.md$/;

/** Whether a document may be kept under the name: it has the form, and leads to no other folder. */
export const isSipFileName = (name: string): boolean => FILE_NAME.test(name);

/** What a folder of SIPs holds besides SIPs. */
const OTHERS: readonly string[] = ['README.md', 'template.md'];

/** Whether a file of a folder of SIPs is to be read as one: Markdown, and neither README nor template. */
export function isSipFile(path: string): boolean {
  const name = baseName(path);
  return name.endsWith('.md') && !OTHERS.includes(name);
}

/** `sip-0008-whitelist-jupsol.md` for number 8 and title "Whitelist JupSOL". */
export function sipFileName(sip: number, title: string): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return `sip-${String(sip).padStart(4, '0')}-${slug === '' ? 'proposal' : slug}.md`;
}

export function checkFileName(file: string, sip: number | undefined, findings: Findings): void {
  const name = baseName(file);
  const digits = FILE_NAME.exec(name)?.[1];
  const wanted = String(sip ?? 2).padStart(4, '0');
  if (digits === undefined) {
    findings.error(
      { line: 1, column: 1 },
      'file-name',
      `A SIP's file is named sip-NNNN-some-words.md, not ${JSON.stringify(name)}.`,
      `Rename it, for example to sip-${wanted}-whitelist-jupsol.md: four digits, then lower-case words joined by hyphens.`,
    );
  } else if (sip !== undefined && Number(digits) !== sip) {
    findings.error(
      { line: 1, column: 1 },
      'file-number',
      `The file name says SIP ${Number(digits)}, the header says SIP ${sip}.`,
      `Let both say the same: rename the file to sip-${wanted}-….md, or change "SIP:".`,
    );
  }
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
