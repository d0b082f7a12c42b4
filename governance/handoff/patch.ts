import { applyPatch, parsePatch } from 'diff';
import { SipError } from '../errors.ts';
import { isSipFile } from '../sip/file-name.ts';

/** A SIP of the size limit, each line with its sign, and the rest of the mail. */
const MAX_BYTES = 512 * 1024;

/** git's version below a line of two hyphens ends a mail, and is no line of the patch. */
const MAIL_END = /\n-- \n[^\n]*\n*$/;

/** As `git format-patch` and `git diff` begin. */
export const looksLikePatch = (text: string): boolean =>
  /^(?:From [0-9a-f]{40} |diff --git |--- )/.test(text);

/**
 * The SIP file that a patch adds. Nothing but that: a patch that changes a file, or touches another, is refused.
 * @param shown what it came as, for messages
 * @throws SipError HANDOFF_INVALID
 */
export function readPatch(
  bytes: Uint8Array,
  shown: string,
): { readonly file: string; readonly text: Uint8Array } {
  const invalid = (detail: string) => new SipError('HANDOFF_INVALID', { file: shown, detail });
  if (bytes.length > MAX_BYTES) throw invalid(`it is larger than ${MAX_BYTES} bytes`);
  const patches = patchesIn(bytes, invalid);
  const [patch] = patches;
  if (patch === undefined || patches.length > 1)
    throw invalid(`it changes ${patches.length} files; a patch that hands in a SIP adds one`);
  if (patch.oldFileName !== '/dev/null')
    throw invalid('it changes a file that is there; it has to add the SIP whole');
  const file = (patch.newFileName ?? '').replace(/^b\//, '').split('/').at(-1) ?? '';
  if (!isSipFile(file)) throw invalid('it adds a file that is no SIP');
  const text = applyPatch('', patch);
  if (text === false || text === '') throw invalid('its lines do not add up to a file');
  return { file, text: new TextEncoder().encode(text) };
}

function patchesIn(bytes: Uint8Array, invalid: (detail: string) => SipError) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return parsePatch(text.replace(MAIL_END, '\n')).filter(
      ({ hunks, newFileName }) => hunks.length > 0 || newFileName !== undefined,
    );
  } catch {
    throw invalid('it is no patch that can be read');
  }
}
