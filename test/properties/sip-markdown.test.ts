import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { lintFiles, newSip, parseSip, SECTION_NAMES, SECURITY_QUESTIONS } from '#governance/sip/index.ts';

/**
 * Our reader of Markdown sees less than a full one. What it lets pass must look the same to both: this holds it
 * against CommonMark and GitHub's dialect, as other readers of the same file use them.
 */
const readers = [unified().use(remarkParse), unified().use(remarkParse).use(remarkGfm)];

const FRAGMENTS = [
  ...[
    'a',
    ' ',
    ' ',
    '\n',
    '\n',
    '\n\n',
    '    ',
    '\t',
    '`',
    '``',
    '```',
    '~~~',
    '\\',
    '<',
    '>',
    '<b>',
    '</b>',
    '<!--',
    '-->',
    '<?',
    '<div',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '![',
    '](',
    ']:',
    '][',
    '[a]',
    '[^1]',
    '[^1]: ',
    '|',
    '|-|-|',
    '---',
    '===',
    ':-',
    '- ',
    '* ',
    '1. ',
    '> ',
    '# ',
    '## ',
    '#',
  ],
  ...[
    'http://x.org',
    'https://x.org',
    'HTTPS://x.org',
    'javascript:x',
    'JavaScript:x',
    'data:x',
    'www.x.org',
    'mailto:a@b.c',
    'a@b.c',
    '//x.org',
    './x.png',
  ],
  ...[
    '&lt;',
    '&#60;',
    '&colon;',
    '&amp;',
    '"',
    "'",
    '*',
    '_',
    '~',
    '!',
    ':',
    '/',
    'actions',
    '```actions',
    '```js',
    '## Abstract',
    'x: y',
    '\u1fef',
  ],
];

const CLEAN = newSip({
  ...{ sip: 8, title: 'Generated prose', authors: 'Ada', type: 'Standards Track', category: 'Core' },
  ...{ created: '2026-09-16', validUntil: 1_797_292_800n, actions: [{ kind: 'unpause', params: {} }] },
  sections: {
    ...Object.fromEntries(SECTION_NAMES.map((name) => [name, `Text of ${name}.`])),
    Motivation: 'MARK',
    'Security Considerations': SECURITY_QUESTIONS.map((q) => `### ${q}\n\nAn answer.`).join('\n\n'),
  },
});
const lint = (text: string) => parseSip(new TextEncoder().encode(text), 'sip-0008-generated.md');

function* walk(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* walk(child);
}

/** What a reader of the file could be shown or led to. */
function seenBy(reader: (typeof readers)[number], text: string) {
  const root = reader.parse(text.replace(/\r\n?/g, '\n').normalize('NFC')) as Root;
  const nodes = [...walk(root)];
  return {
    html: nodes.filter((node) => node.type === 'html').length,
    links: nodes.flatMap((node) => (node.type === 'link' || node.type === 'definition' ? [node.url] : [])),
    images: nodes.flatMap((node) => (node.type === 'image' ? [node.url] : [])),
    imageReferences: nodes.filter((node) => node.type === 'imageReference').length,
    sections: nodes.flatMap((node) =>
      node.type === 'heading' && node.depth <= 2 ? [text.split('\n')[node.position!.start.line - 1]] : [],
    ),
    blocks: nodes.flatMap((node) =>
      node.type === 'code' && /actions/i.test(`${node.lang} ${node.meta}`) ? [node.value] : [],
    ),
  };
}

const BLOCK = /```actions\n([\s\S]*?)\n```/.exec(CLEAN)?.[1];

function holdAgainstReaders(prose: string): boolean {
  const text = CLEAN.replace('MARK', () => prose);
  if (lint(text).sip === null) return false;
  for (const reader of readers) {
    const seen = seenBy(reader, text);
    expect(seen.html).toBe(0);
    for (const url of seen.links)
      expect(url).toMatch(/^(?:https:\/\/[^/@]*(?:[/?#]|$)|mailto:|(?!\/)[^:]*(?:[/?#]|$))/i);
    for (const url of seen.images) expect(url).toMatch(/^(?!\/)[^:]*$/);
    expect(seen.imageReferences).toBe(0);
    expect(seen.sections).toEqual([
      '# Solayer Improvement Proposal (SIP)',
      ...SECTION_NAMES.map((name) => `## ${name}`),
    ]);
    expect(seen.blocks).toEqual([BLOCK]);
  }
  return true;
}

describe('prose that lint passes', () => {
  it('is the same to other readers of Markdown', () => {
    expect(lint(CLEAN).findings).toEqual([]);
    let passed = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 14 }), (pieces) => {
        if (holdAgainstReaders(`x ${pieces.join('')}\n`)) passed += 1;
        if (holdAgainstReaders(`x\n\n${pieces.join('')}\n\ny`)) passed += 1;
      }),
      { numRuns: 500 },
    );
    // If hardly anything passed, nothing would have been compared.
    expect(passed).toBeGreaterThan(30);
  });
});

describe('lint', () => {
  it('never throws on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.string(), (bytes, file) => {
        const report = lintFiles([{ file, bytes }]);
        expect(report.findings.map((finding) => finding.code)).not.toContain('parser-failed');
        expect(report.ok).toBe(false);
      }),
    );
  });

  it('never throws on documents with bytes changed, removed or doubled', () => {
    const original = new TextEncoder().encode(CLEAN);
    const place = fc.nat({ max: original.length - 1 });
    fc.assert(
      fc.property(place, place, fc.uint8Array({ maxLength: 8 }), (from, to, bytes) => {
        const [start, end] = [Math.min(from, to), Math.max(from, to)];
        const short = Uint8Array.from([...original.subarray(0, start), ...bytes, ...original.subarray(end)]);
        const long = Uint8Array.from([...original.subarray(0, end), ...bytes, ...original.subarray(start)]);
        for (const changed of [short, long]) {
          const { sip, findings } = parseSip(changed, 'sip-0008-generated.md');
          expect(findings.map((finding) => finding.code)).not.toContain('parser-failed');
          expect(sip === null).toBe(findings.some((finding) => finding.level === 'error'));
        }
      }),
      { numRuns: 300 },
    );
  });
});
