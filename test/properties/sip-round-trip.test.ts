import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '#governance/actions/registry.ts';
import {
  CATEGORIES,
  digestOf,
  newSip,
  parseSip,
  rebaseFolder,
  render,
  SECTION_NAMES,
  SECURITY_QUESTIONS,
  type SectionName,
  STATUSES,
  TYPES,
} from '#governance/sip/index.ts';
import { renderDay } from '#governance/times.ts';

const DAY = 86_400;
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Words, punctuation and Markdown that a SIP may hold, in any order. */
const piece = fc.constantFrom(
  ...[
    'The',
    'vault',
    'holds',
    '250,000',
    'JupSOL',
    'é',
    '提案',
    '1 < 2',
    'a & b',
    '*em*',
    '**strong**',
    '`code <b>`',
  ],
  ...[
    '[docs](https://docs.solayer.org/a?b=1&c=2)',
    '<https://solayer.org>',
    '![chart](./chart.png)',
    '&lt;',
    '\\<',
    '(so)',
  ],
);
const paragraph = fc.array(piece, { minLength: 1, maxLength: 12 }).map((words) => `Text ${words.join(' ')}`);
const block = fc.oneof(
  { weight: 5, arbitrary: paragraph },
  fc.constantFrom(
    '- one\n- two\n  - three',
    '1. one\n2. two',
    '| a | b |\n| - | - |\n| 1 | 2 |',
    '```json\n{ "a": "<b>" }\n```',
    '~~~\n## not a heading\n~~~',
    '### A heading inside',
    '> a quote\n> of two lines',
    '---',
  ),
);
const prose = fc
  .array(block, { minLength: 1, maxLength: 4 })
  .map((blocks) => ['Begin.', ...blocks].join('\n\n'));

const sections = fc
  .tuple(...SECTION_NAMES.map(() => prose))
  .map(
    (texts) =>
      Object.fromEntries(SECTION_NAMES.map((name, i) => [name, texts[i]])) as Record<SectionName, string>,
  )
  .map((all) => ({
    ...all,
    'Security Considerations': SECURITY_QUESTIONS.map(
      (q) => `### ${q}\n\n${all['Security Considerations']}`,
    ).join('\n\n'),
  }));

/** Any valid document, as text, with some untidiness that the first rendering removes. */
const document = fc
  .record({
    sip: fc.integer({ min: 2, max: 9_999 }),
    title: fc
      .stringMatching(/^[A-Za-z]{4}[A-Za-z0-9 ]{0,40}[a-z]$/)
      .map((title) => title.replace(/ +/g, ' ')),
    authors: fc.constantFrom('Ada', 'Ada Example (@ada), Bob', 'Åsa'),
    status: fc.constantFrom(...STATUSES),
    type: fc.constantFrom(...TYPES),
    category: fc.constantFrom(...CATEGORIES),
    updated: fc.integer({ min: 20_000, max: 40_000 }),
    age: fc.integer({ min: 0, max: 400 }),
    valid: fc.integer({ min: 1, max: 90 * DAY }),
    actions: fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 5 }),
    sections,
    lineEnd: fc.constantFrom('\n', '\r\n'),
    blanks: fc.constantFrom('', '\n\n'),
  })
  .map(({ updated, age, valid, actions, lineEnd, blanks, ...rest }) => {
    const text = newSip({
      ...rest,
      created: renderDay(BigInt((updated - age) * DAY)),
      updated: renderDay(BigInt(updated * DAY)),
      validUntil: BigInt(updated * DAY + valid),
      actions: actions.map(({ kind, example }) => ({ kind, params: example })),
    });
    const untidy = text
      .replace('\n## Motivation\n', `\n${blanks}## Motivation\n${blanks}`)
      .replaceAll('\n', lineEnd);
    return { text: untidy, file: `sip-${String(rest.sip).padStart(4, '0')}-generated.md` };
  });

describe('generated SIPs', () => {
  it('are valid, and rendering settles after one pass', () => {
    fc.assert(
      fc.property(document, ({ text, file }) => {
        const first = parseSip(bytesOf(text), file);
        expect(first.findings).toEqual([]);
        const once = render(first.sip!);
        const second = parseSip(bytesOf(once), file);
        expect(second.findings).toEqual([]);
        expect(render(second.sip!)).toBe(once);
        expect(second.sip!.digest).toBe(digestOf(bytesOf(once)));
        expect(second.sip!.actions.map(({ kind, params }) => ({ kind, params }))).toEqual(
          first.sip!.actions.map(({ kind, params }) => ({ kind, params })),
        );
        expect(second.sip!.sections.map(({ name }) => name)).toEqual(SECTION_NAMES);
      }),
      { numRuns: 150 },
    );
  });

  it('stay valid wherever a rebase moves them, and come back', () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 20_000, max: 60_000 }), ({ text, file }, day) => {
        const bytes = bytesOf(text);
        const { header } = parseSip(bytes, file).sip!;
        const [there] = rebaseFolder([{ file, bytes }], renderDay(BigInt(day * DAY))).files;
        expect(parseSip(there!.bytes, file).findings).toEqual([]);
        const [back] = rebaseFolder([there!], header.updated).files;
        expect(new TextDecoder().decode(back!.bytes)).toBe(text);
        expect(back!.after).toBe(there!.before);
      }),
      { numRuns: 50 },
    );
  });
});
