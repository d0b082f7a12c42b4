import { FENCE_OPENING } from './blocks.ts';
import type { Findings } from './findings.ts';
import { CONTAINER_PREFIX } from './gate.ts';
import { imageFault, type LinkFault, linkFault } from './links.ts';

/** References to characters that everybody sees. All others could smuggle in what the gate refuses. */
const PLAIN_REFERENCES =
  /^&(?:lt|gt|amp|quot|apos|copy|ndash|mdash|hellip|times|middot|bull|larr|rarr|le|ge|ne);$/;

const AUTOLINK = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>`"\\]*|[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+)>/y;
const IMAGE = /!\[[^\][`\\]*\]\(([^\s()<>]+)(?:[ \t]+"[^"`\\]*")?\)/y;
const REFERENCE = /&(?:#[xX]?[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);/y;
/** An address without brackets as far as any reader takes it; the group is what no Markdown can stand in. */
const BARE = /((?:https?|ftp):\/\/[A-Za-z0-9.-]{0,1000}|www\.|xmpp:)[^\s<]{0,1000}/iy;
const LONGEST_ADDRESS = 1_000;

/** Where the scan stops: what starts inline code, HTML, an image, a link, a reference or an address. */
const SPECIAL = /[\\`<!\]&hfwx]/gi;

/**
 * Refuses raw HTML, foreign links and images, and invisible characters by reference in the prose lines.
 * Works line by line and errs to the strict side: what any reader could take for one of them counts.
 */
export function checkProse(lines: readonly string[], prose: readonly boolean[], findings: Findings): void {
  let start = 0;
  while (start < lines.length && findings.open) {
    if (!prose[start] || lines[start] === '') {
      start += 1;
      continue;
    }
    let end = start;
    while (end < lines.length && prose[end] && lines[end] !== '') end += 1;
    const table = lines.slice(start, end).some((text) => /-/.test(text) && /^[ \t>|:-]*$/.test(text));
    for (let i = start; i < end; i++) checkLine(lines[i]!, i + 1, table, findings);
    start = end;
  }
}

function checkLine(text: string, line: number, table: boolean, findings: Findings): void {
  const refuse = (index: number, code: string, message: string, help: string) =>
    findings.error({ line, column: index + 1 }, code, message, help);
  const report = (index: number, fault: LinkFault | undefined) => {
    if (fault !== undefined) refuse(index, fault.code, fault.message, fault.help);
  };
  // A misplaced fence is an error already; its backticks are no inline code.
  if (FENCE_OPENING.test(text.replace(CONTAINER_PREFIX, ''))) return;
  checkDefinitions(text, line, findings);
  const closers = codeClosers(text);
  let i = 0;
  while (findings.open) {
    SPECIAL.lastIndex = i;
    const special = SPECIAL.exec(text);
    if (special === null) break;
    i = special.index;
    const char = special[0];
    if (char === '\\' && /[!-/:-@[-`{-~]/.test(text[i + 1] ?? '')) {
      if (text[i + 1] === '`' && text[i + 2] === '`') i = openCode(i + 1);
      else i += 2;
    } else if (char === '`') {
      const run = /`+/y;
      run.lastIndex = i;
      const length = run.exec(text)![0].length;
      const close = closers.get(i);
      if (close === undefined) {
        i = openCode(i);
        continue;
      }
      const bar = /(?<!(?<!\\)\\)\|/.exec(text.slice(i, close));
      if (table && bar !== null) {
        refuse(
          i + bar.index,
          'table-code-bar',
          'In a table this | ends the cell, also inside backticks.',
          'Write \\| for it.',
        );
      }
      i = close + length;
    } else if (char === '<' && /[A-Za-z/!?]/.test(text[i + 1] ?? '')) {
      const link = sticky(AUTOLINK, text, i);
      if (link === undefined) {
        refuse(
          i,
          'raw-html',
          'This reads as HTML, which a SIP does not hold.',
          'Write Markdown instead; for a plain < write &lt; or put the text in backticks.',
        );
        i += 1;
        continue;
      }
      report(i + 1, linkFault(link[1]!.includes(':') ? link[1]! : `mailto:${link[1]!}`));
      i += link[0].length;
    } else if (char === '!' && text[i + 1] === '[') {
      const image = sticky(IMAGE, text, i);
      if (image === undefined) {
        refuse(
          i,
          'image-form',
          'An image is written on one line as ![what it shows](./file.png).',
          'Use that form; where no image is meant, write \\!.',
        );
        i += 2;
        continue;
      }
      report(i + image[0].indexOf('](') + 2, imageFault(image[1]!));
      i += image[0].length;
    } else if (char === ']' && (text[i + 1] === '(' || text[i + 1] === '[')) {
      i = checkLink(i);
    } else if (char === '&') {
      const reference = sticky(REFERENCE, text, i);
      if (reference !== undefined && !PLAIN_REFERENCES.test(reference[0])) {
        refuse(
          i,
          'character-reference',
          `The character reference ${reference[0].slice(0, 20)} can stand for something nobody sees.`,
          'Type the character itself; &lt; &gt; &amp; and the common dashes and arrows may stay.',
        );
      }
      i += reference?.[0].length ?? 1;
    } else {
      i += checkBare(i);
    }
  }

  function openCode(at: number): number {
    refuse(
      at,
      'code-open',
      'This backtick opens inline code that is not closed on the same line.',
      'Close it on this line; for a plain backtick write \\` with no other backtick beside it.',
    );
    let end = at;
    while (text[end] === '`') end += 1;
    return end;
  }

  /** `at` is the ] before ( or [. Gives the index to go on from. */
  function checkLink(at: number): number {
    const open = text.lastIndexOf('[', at - 1);
    const isUrl = open >= 0 && /[ \t]*(?:https?:\/\/|www\.)/iy.test(text.slice(open + 1, open + 60));
    if (text[at + 1] === '[') {
      if (isUrl)
        refuse(open, 'link-text', 'The text of this link is itself an address.', 'Give it a text in words.');
      return at + 1;
    }
    const [destination] = destinationAt(text, at + 2);
    if (destination === '' && text.slice(at + 2, at + 3).trim() === '') {
      refuse(
        at,
        'link-form',
        'The destination of a link follows its ( at once.',
        'Write [text](https://example.org) on one line; where no link is meant, write \\( for the bracket.',
      );
      return at + 2;
    }
    report(text[at + 2] === '<' ? at + 3 : at + 2, linkFault(destination));
    if (isUrl && text.slice(open + 1, at).trim() !== destination) {
      refuse(
        open,
        'link-text',
        'This link shows one address and leads to another.',
        'Give it a text in words, or the same address in both places.',
      );
    }
    // Where no [ belongs to it, other readers see text here: the scan goes on inside.
    return at + 2;
  }

  /** An address written plainly, which many readers turn into a link. Gives how far to go on. */
  function checkBare(at: number): number {
    if (/[A-Za-z]/.test(text[at - 1] ?? '')) return 1;
    const bare = sticky(BARE, text, at);
    if (bare === undefined) return 1;
    const [all, start] = bare;
    if (/^www\.$/i.test(start!)) {
      refuse(at, 'link-scheme', 'Many readers turn www. into an http link.', 'Write https:// before it.');
    } else if (all.length > LONGEST_ADDRESS) {
      refuse(
        at,
        'link-long',
        `This address has more than ${LONGEST_ADDRESS} characters.`,
        'Link to a shorter one.',
      );
    } else if (all.includes('`')) {
      refuse(
        at,
        'link-form',
        'A backtick follows this address without a blank.',
        'Put a blank between them.',
      );
    } else if (/^[^/]*\/\/[^/?#]*@/.test(all)) {
      report(at, linkFault(all));
    } else {
      report(at, linkFault(all.replace(/[\])|].*$/, '').replace(/[.,:;!?'"*_~>]+$/, '')));
    }
    return start!.length;
  }
}

/** Start of each backtick run that opens inline code → start of the run that closes it. Linear in the line. */
function codeClosers(text: string): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const next = new Map<number, number>();
  const runs = [...text.matchAll(/`+/g)];
  for (const run of runs.reverse()) {
    const later = next.get(run[0].length);
    if (later !== undefined) closers.set(run.index, later);
    next.set(run[0].length, run.index);
  }
  return closers;
}

/** Link reference definitions are blocks, so they count before inline code does: looked for in the raw line. */
function checkDefinitions(text: string, line: number, findings: Findings): void {
  if (text.includes(']:')) checkLabels(text, line, findings);
  // Renderers take escapes off before they look for plain addresses.
  const hidden = /(?:https?|ftp|xmpp)(?:\\:|:\\\/|:\/\\\/)|www\\\./i.exec(text);
  if (hidden !== null) {
    findings.error(
      { line, column: hidden.index + 1 },
      'link-escape',
      'A backslash hides an address here.',
      'Write the address plainly with https://, or put it in backticks.',
    );
  }
}

function checkLabels(text: string, line: number, findings: Findings): void {
  // A footnote's label may hold a definition behind it; anything else ends where its destination does.
  const prefix = CONTAINER_PREFIX.exec(text)?.[0].length ?? 0;
  const label = /\]:[ \t]*/g;
  for (let match = label.exec(text); match !== null && findings.open; match = label.exec(text)) {
    let escapes = 0;
    while (text[match.index - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 1) continue;
    const at = match.index + match[0].length;
    if (at >= text.length) {
      findings.error(
        { line, column: match.index + 1 },
        'link-form',
        'The destination of a link stands on the line of its label.',
        'Write [label]: https://example.org on one line; where no link is meant, drop the colon or the bracket.',
      );
      return;
    }
    const [destination, length] = destinationAt(text, at, false);
    if (match.index >= prefix) label.lastIndex = at + length;
    // Only a title may follow a definition's destination; before anything else this is a sentence.
    if (!/[ \t]*(?:["'(]|$)/y.test(text.slice(at + length, at + length + 80))) continue;
    const fault = linkFault(destination);
    if (fault !== undefined) {
      findings.error({ line, column: at + 1 }, fault.code, fault.message, fault.help);
    }
  }
}

/** The destination that starts at `at`, and how many characters of the source it takes. */
function destinationAt(text: string, at: number, inParentheses = true): readonly [string, number] {
  if (text[at] === '<') {
    const end = text.indexOf('>', at);
    return end < 0 ? [text.slice(at), text.length - at] : [text.slice(at + 1, end), end + 1 - at];
  }
  let depth = 0;
  let i = at;
  for (; i < text.length; i++) {
    const char = text[i]!;
    if (char === ' ' || char === '\t') break;
    if (!inParentheses) continue;
    if (char === '(') depth += 1;
    if (char === ')' && depth-- === 0) break;
  }
  return [text.slice(at, i), i - at];
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
