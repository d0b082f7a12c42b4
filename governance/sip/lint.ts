import type { LintFinding, Sip } from './document.ts';
import { type ParseOptions, readSip } from './parse.ts';

export interface SipFile {
  /** As the user named it; findings repeat it. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface LintReport {
  /** No finding is an error. */
  readonly ok: boolean;
  /** By file in the order given, then by place. */
  readonly findings: readonly LintFinding[];
  /** The SIPs that are valid each for itself, in the order given. */
  readonly sips: readonly Sip[];
}

/**
 * Lints files together: each for itself, and no SIP number twice. `neighbours` are files that are only compared for
 * their number (the rest of the folder when one file is linted). Never throws.
 */
export function lintFiles(
  files: readonly SipFile[],
  options: ParseOptions & { readonly neighbours?: readonly SipFile[] } = {},
): LintReport {
  const holders = new Map<number, string>();
  for (const { file, bytes } of options.neighbours ?? []) {
    const { number } = readSip(bytes, file, options);
    if (number !== undefined && !holders.has(number)) holders.set(number, file);
  }
  const findings: LintFinding[] = [];
  const sips: Sip[] = [];
  for (const { file, bytes } of files) {
    const reading = readSip(bytes, file, options);
    findings.push(...reading.findings);
    if (reading.sip !== null) sips.push(reading.sip);
    if (reading.number === undefined) continue;
    const holder = holders.get(reading.number);
    if (holder === undefined) holders.set(reading.number, file);
    else findings.push(duplicate(file, reading.number, holder, numberLine(bytes)));
  }
  return { ok: findings.every((finding) => finding.level !== 'error'), findings, sips };
}

function duplicate(file: string, sip: number, holder: string, line: number): LintFinding {
  return {
    file,
    line,
    column: 1,
    level: 'error',
    code: 'number-duplicate',
    message: `The number ${sip} is taken by ${holder}.`,
    help: 'Take the next free number, in the header and in the file name.',
  };
}

function numberLine(bytes: Uint8Array): number {
  const lines = new TextDecoder().decode(bytes).split(/\r\n?|\n/);
  return (
    Math.max(
      0,
      lines.findIndex((line) => /^SIP:/.test(line)),
    ) + 1
  );
}
