import { SipError } from '#governance/errors.ts';
import type { LintFinding, Sip } from '#governance/sip/document.ts';
import type { SipFile } from '#governance/sip/lint.ts';
import type { Address } from '#governance/types.ts';
import type { Context } from './context.ts';

/** A document that is to be proposed: a SIP file, or one that its author handed in as `.sipz`. */
export interface Document {
  readonly sip: Sip;
  /** Who signed the hand-in; undefined for a file. */
  readonly author: Address | undefined;
  readonly warnings: readonly LintFinding[];
}

/**
 * Reads and lints; numbers are compared with the other SIPs of the folder.
 * @throws SipError SIP_INVALID after telling every finding, HANDOFF_INVALID, HANDOFF_SIGNATURE_INVALID, FILE_UNREADABLE
 */
export async function readDocument(context: Context, named: string): Promise<Document> {
  const { lintFiles } = await import('#governance/sip/lint.ts');
  const { lintText } = await import('#governance/sip/lint-output.ts');
  const { file, author } = named.endsWith('.sipz')
    ? await handedIn(context, named)
    : await plain(context, named);
  const { sips, findings, ok } = lintFiles([file], { neighbours: await others(context, file, author) });
  if (findings.length > 0) context.warn(lintText({ findings }, [file]).trimEnd());
  const [sip] = sips;
  if (!ok || sip === undefined) throw invalid(named, findings);
  return { sip, author, warnings: findings };
}

function invalid(file: string, findings: readonly LintFinding[]): SipError {
  const first = findings.find(({ level }) => level === 'error');
  return new SipError('SIP_INVALID', {
    file,
    detail: `line ${first?.line}: ${first?.message.replace(/\.$/, '')}`,
  });
}

interface Read {
  readonly file: SipFile;
  readonly author: Address | undefined;
}

async function plain(context: Context, named: string): Promise<Read> {
  if (/^(?:sip-)?\d{1,4}$/i.test(named)) {
    const { sip, bytes } = await context.sips.find(named);
    return { file: { file: sip.file, bytes }, author: undefined };
  }
  const [file] = await context.sips.files([named]);
  if (file === undefined) throw new SipError('SIPS_NOT_FOUND', { folder: named });
  return { file, author: undefined };
}

/** As a file of the name it would have in the folder. */
async function handedIn(context: Context, named: string): Promise<Read> {
  const { importHandoff } = await import('#governance/handoff/sipz.ts');
  const { parseUnnamed } = await import('#governance/sip/parse-unnamed.ts');
  const { readNamed } = await import('./read-file.ts');
  let file = '';
  const readSip = (text: Uint8Array) => {
    const sip = parseUnnamed(text, named);
    file = sip.file;
    return { sip: sip.header.sip, digest: sip.digest };
  };
  const { text, author } = importHandoff(await readNamed(context.path(named), named), named, readSip);
  return { file: { file, bytes: text }, author };
}

/** The rest of the folder; the same text imported before is no other SIP. */
async function others(
  context: Context,
  { file, bytes }: SipFile,
  author: Address | undefined,
): Promise<readonly SipFile[]> {
  if (author === undefined) return context.sips.neighbours([{ file, bytes }]);
  const { digestOf } = await import('#governance/sip/digest.ts');
  const own = digestOf(bytes, file);
  const folder = await context.sips.files([context.sips.folder]).catch(() => []);
  return folder.filter((other) => {
    try {
      return digestOf(other.bytes, other.file) !== own;
    } catch {
      return true;
    }
  });
}
