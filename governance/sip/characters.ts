/**
 * Characters no SIP may hold, since a reader cannot see them or sees something else:
 * everything Unicode calls default-ignorable, format or bidi control, private or unassigned code points, line and
 * paragraph separators, blanks other than U+0020, and the replacement characters that stand for lost text.
 */
const REFUSED =
  /[^\P{Cc}\t\n\r]|[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u2800\ufffc\ufffd]|[^\P{Zs} ]/gu;

const NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  11: 'vertical tab',
  12: 'form feed',
  27: 'escape',
  133: 'next line',
  160: 'no-break space',
  173: 'soft hyphen',
  1564: 'Arabic letter mark',
  4447: 'Hangul filler',
  8203: 'zero width space',
  8204: 'zero width non-joiner',
  8205: 'zero width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'pop directional formatting',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8239: 'narrow no-break space',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'pop directional isolate',
  10240: 'blank Braille pattern',
  12288: 'ideographic space',
  12644: 'Hangul filler',
  65038: 'text variation selector',
  65039: 'emoji variation selector',
  65279: 'zero width no-break space',
  65533: 'replacement character',
};

export interface RefusedCharacter {
  /** Index into the text, UTF-16 units. */
  readonly index: number;
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

/** The refused characters of a text in order; lazy, so that the caller may stop. */
export function* refusedCharacters(text: string): Generator<RefusedCharacter> {
  for (const match of text.matchAll(REFUSED)) {
    yield { index: match.index, ...judge(match[0]) };
  }
}

function judge(char: string): Omit<RefusedCharacter, 'index'> {
  const shown = describe(char);
  if (char === '\0') {
    return {
      code: 'nul',
      message: 'The file holds a NUL byte.',
      help: 'Delete it; a SIP is plain text. If the whole file looks like this, save it as UTF-8, not UTF-16.',
    };
  }
  if (/\p{Cc}/u.test(char)) {
    return {
      code: 'control-character',
      message: `A control character stands here (${shown}).`,
      help: 'Delete it; only TAB and line ends are allowed.',
    };
  }
  if (/\p{Bidi_Control}/u.test(char)) {
    return {
      code: 'bidi-character',
      message: `A character that reverses the reading direction stands here (${shown}).`,
      help: 'Delete it: with it, readers would see other text than the one that is signed.',
    };
  }
  if (/\p{Zs}|\u2800/u.test(char)) {
    return {
      code: 'blank-lookalike',
      message: `This looks like a blank and is not one (${shown}).`,
      help: 'Type an ordinary blank in its place; it often comes from pasting out of a web page or an office document.',
    };
  }
  if (/[\p{Zl}\p{Zp}]/u.test(char)) {
    return {
      code: 'line-end-lookalike',
      message: `This ends a line in some programs and not in others (${shown}).`,
      help: 'Press Enter in its place.',
    };
  }
  if (char === '\ufffd' || char === '\ufffc') {
    return {
      code: 'character-lost',
      message: `A stand-in for lost text stands here (${shown}).`,
      help: 'Type the character that was meant; it was lost when the file was converted.',
    };
  }
  if (/[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(char)) {
    return {
      code: 'invisible-character',
      message: `An invisible character stands here (${shown}).`,
      help: /[\ufe0e\ufe0f\u200d]/u.test(char)
        ? 'Delete it; it usually comes with an emoji, so use a word or a plain symbol instead.'
        : 'Delete it and type the surrounding word again.',
    };
  }
  return {
    code: 'character-unassigned',
    message: `This character has no meaning that all readers share (${shown}).`,
    help: 'Replace it; private and unassigned code points look different on every computer.',
  };
}

/** `U+200B zero width space` */
function describe(char: string): string {
  const point = char.codePointAt(0) ?? 0;
  const name = NAMES[point] ?? (point >= 0xe0000 && point <= 0xe007f ? 'tag character' : '');
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}${name === '' ? '' : ` ${name}`}`;
}

/** Scripts that share look-alikes with each other or are written together; all else counts as one "other" script. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Thai', /\p{Script=Thai}/u],
  [
    'East Asian',
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
  ],
];
const SHARED = /[\p{Script=Common}\p{Script=Inherited}]/u;

/** The scripts a text is written in, with the index of the first character of each. */
export function scriptsOf(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let index = 0;
  for (const char of text) {
    if (!SHARED.test(char)) {
      const script = SCRIPTS.find(([, pattern]) => pattern.test(char))?.[0] ?? 'another script';
      if (!found.has(script)) found.set(script, index);
    }
    index += char.length;
  }
  return found;
}
