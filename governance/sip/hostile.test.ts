import { describe, expect, it } from 'vitest';
import { bytesOf, parse, sample } from './testing/sample.ts';

/** The promise for any file. Measured in time of the processor, so that what else runs here does not count. */
const LIMIT_MS = 2_000;
const SIZE = 256 * 1024;

/** `piece` over and over in lines just below the limit, `SIZE` bytes in all. */
function filled(piece: string, width = 4_000): string {
  const line = `${piece.repeat(Math.max(1, Math.floor(width / piece.length)))}\n`;
  return line.repeat(Math.floor((SIZE - 6_000) / bytesOf(line).length));
}

const PIECES = [
  ...[
    '[',
    '>',
    '*',
    '`',
    '<',
    '(',
    '![',
    '](',
    ']:',
    '[^',
    '[a](',
    '![a](',
    '|',
    '&',
    '\\',
    '~',
    '_',
    '#',
    '- ',
    '1. ',
    '> - ',
  ],
  ...[
    '*a_',
    '**a ',
    '` `` ``` ',
    '\\`',
    'http://',
    'https://a.b/',
    'www.',
    'a@',
    'a.',
    '<a ',
    '<!--',
    '&#x',
    '[a]: b ',
    '](a ',
    '[^a]:',
  ],
  ...['e\u0301', '\u0323\u0301', '\u1e9b\u0323', '\u200b', '\u{1f40b}'],
];

describe('hostile text of 256 KiB', () => {
  const documents: [string, string][] = PIECES.flatMap((piece): [string, string][] => [
    [`lines of ${JSON.stringify(piece)}`, filled(piece)],
    [
      `a section of ${JSON.stringify(piece)}`,
      sample({ sections: { Motivation: filled(piece, 30).slice(0, SIZE - 8_000) } }),
    ],
  ]);
  for (const piece of ['[', '>', '`', '<', '&', '\\', '~', '#', '- ', '|', 'a.', '[a]: b ']) {
    documents.push([`short lines of ${JSON.stringify(piece)}`, filled(piece, 1)]);
  }
  documents.push(
    ['ten thousand lines', '& \n'.repeat(9_990)],
    ['line ends', '\n'.repeat(SIZE - 1)],
    ['carriage returns', '\r'.repeat(SIZE - 1)],
  );
  documents.push(['NULs', '\0'.repeat(SIZE - 1)], ['headings', filled('## Abstract\n', 1)]);
  documents.push(['header lines', `# Solayer Improvement Proposal (SIP)\n${filled('SIP: 2\n', 1)}`]);

  it.each(documents)('is judged in time: %s', (_, text) => {
    expect(cpuMsOf(text)).toBeLessThan(LIMIT_MS);
  });
});

describe('a hostile actions block', () => {
  const fill = (piece: string, bytes = 60_000) => piece.repeat(Math.floor(bytes / piece.length));
  const bombs: [string, string][] = [
    ['flow lists', fill(`${'['.repeat(30)}\n`)],
    ['closed flow lists', `a: ${'['.repeat(2_000)}${']'.repeat(2_000)}`],
    ['flow mappings', fill('{a: ')],
    ['aliases', `a: &a [x]\n${fill('b: [*a, *a, *a]\n')}`],
    ['keys', Array.from({ length: 6_000 }, (_, i) => `k${i}: 1\n`).join('')],
    ['repeated keys', fill('a: 1\n')],
    ['list entries', fill('- a\n')],
    ['nested entries', fill('- - - - - - - - - - - -\n')],
    ['long keys', fill('? ')],
    ['open quotes', fill('a: "\n')],
    ['one open quote', `a: "${fill('b\n')}`],
    ['comments', fill('# a\n')],
    ['comments between', fill('a: 1 # b\n# c\n')],
    [
      'steps',
      Array.from({ length: 24 }, (_, i) => `${' '.repeat(i)}a:\n`)
        .join('')
        .repeat(150),
    ],
    ['folded text', `a: b\n${fill('  c\n')}`],
    ['folded text with blanks', `a: b\n${fill('  c\n\n\n')}`],
    ['block text', `a: |\n${fill('  c\n')}`],
    ['colons', fill(': ')],
    ['tags', fill('! ')],
    ['actions', `valid-until: 2026-12-15T00:00:00Z\nactions:\n${fill('  - action: double-stop\n')}`],
    [
      'long amounts',
      `valid-until: 2026-12-15T00:00:00Z\nactions:\n  - action: double-list\n    mint: "${fill('1', 3_900)}"\n    cap: "${fill('1,', 3_900)}"`,
    ],
  ];
  it.each(bombs)('is judged in time: %s', (_, yaml) => {
    const text = sample({
      sections: { Specification: `\`\`\`actions\n${yaml.replace(/(.{4000})/g, '$1\n')}\n\`\`\`` },
    });
    expect(cpuMsOf(text)).toBeLessThan(LIMIT_MS);
  });
});

function cpuMsOf(text: string): number {
  const bytes = bytesOf(text);
  const start = process.cpuUsage();
  const { findings } = parse(bytes);
  const { user, system } = process.cpuUsage(start);
  expect(findings.some((finding) => finding.code === 'parser-failed')).toBe(false);
  return (user + system) / 1000;
}
