import { SipError } from '../errors.ts';
import { refusedCharacters } from '../sip/characters.ts';
import { MAX_REASON_CHARACTERS } from '../venues/squads/reasons.ts';

/** What should change, in the reviewer's words: as long as a reason may be, in characters that everybody sees alike. */

/** UTF-16 units. */
export const MAX_CHANGE_CHARACTERS = MAX_REASON_CHARACTERS;

/**
 * As typed, in the one form in which it is signed: NFC, LF, no TAB, no blanks at line ends, never two empty lines in a
 * row, nothing empty around it.
 * @throws SipError CHANGE_REQUEST_TEXT where it is empty, too long, or holds a character that can't be seen for what it is
 */
export function changeText(typed: string): string {
  if (typed.length > 2 * MAX_CHANGE_CHARACTERS) throw refused(tooLong(typed));
  const text = typed
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/ +$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^[ \n]+|[ \n]+$/g, '');
  const wrong = wrongWith(text);
  if (wrong === null) return text;
  throw refused(wrong);
}

const refused = (detail: string): SipError => new SipError('CHANGE_REQUEST_TEXT', { detail });
const tooLong = ({ length }: string): string =>
  `it has ${length} characters, ${MAX_CHANGE_CHARACTERS} are the most`;

/** Whether it is in that form already. */
export function isChangeText(text: string): boolean {
  try {
    return changeText(text) === text;
  } catch {
    return false;
  }
}

function wrongWith(text: string): string | null {
  if (text === '') return 'it is empty';
  if (text.length > MAX_CHANGE_CHARACTERS) return tooLong(text);
  // Half a character has no bytes of its own.
  if (/\p{Cs}/u.test(text)) return 'it holds half a character';
  const [first] = refusedCharacters(text);
  if (first === undefined) return null;
  const line = text.slice(0, first.index).split('\n').length;
  return `line ${line}: ${first.message.charAt(0).toLowerCase()}${first.message.slice(1).replace(/\.$/, '')}`;
}
