import { describe, expect, it } from 'vitest';
import { BLOCK, bytesOf, codes, FILE, MINT, parse, sample } from './testing/sample.ts';

const inBlock = (from: string | RegExp, to: string) => sample({ replace: [from, to] });
const section = (text: string) => sample({ sections: { Motivation: text } });

describe('a valid SIP', () => {
  it('is read without a finding', () => {
    const { sip, findings } = parse(sample());
    expect(findings).toEqual([]);
    expect(sip).toMatchObject({
      file: FILE,
      header: { sip: 8, title: 'Whitelist JupSOL', status: 'Draft', created: '2026-09-16' },
      validUntil: 1_797_292_800n,
      actions: [{ kind: 'double-list', params: { mint: MINT, decimals: 9, cap: '250000' }, line: 31 }],
    });
    expect(sip?.sections.map((one) => one.name)).toHaveLength(8);
    expect(sip?.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('may use CRLF, tables, lists, quotes, inline code and fenced code', () => {
    const text = section(
      [
        '| a | b |',
        '| - | - |',
        '| `x \\| y` | 2 |',
        '',
        '- one',
        '  - two, see [SIP-2](./sip-0002-launch.md) and <https://solayer.org>',
        '',
        '> a quote with `<b>` in code, 1 < 2, and a\\<b',
        '',
        '```json',
        '{ "html": "<script>" }',
        '```',
        '',
        '![A chart](./chart.png "what it shows")',
        '',
        '[docs]: https://docs.solayer.org/a?b=1&c=2 "Docs"',
        '',
        '---',
        '',
        'A footnote[^1].',
        '',
        '[^1]: Note: it says nothing.',
      ].join('\n'),
    );
    expect(codes(text)).toEqual([]);
    expect(codes(text.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(parse(text).sip?.digest).toBe(parse(text.replaceAll('\n', '\r\n')).sip?.digest);
  });
});

describe('header', () => {
  const cases: [string, string | RegExp, string, string[]][] = [
    ['another H1', '# Solayer Improvement Proposal (SIP)', '# SIP-8', ['title-line']],
    ['a missing key', 'Authors: Ada Example (@ada)\n', '', ['header-missing']],
    ['keys out of order', /(Status: .*\n)(Type: .*\n)/, '$2$1', ['header-order']],
    ['a repeated key', 'Type:', 'Title: Again\nType:', ['header-duplicate']],
    ['an unknown key', 'Type:', 'Discussions: x\nType:', ['header-unknown']],
    ['an empty value', 'Title: Whitelist JupSOL', 'Title:', ['header-empty']],
    ['a line without key', 'Updated: 2026-09-17', 'Updated: 2026-09-17\nand so on', ['header-line']],
    ['an unknown status', 'Draft', 'Final', ['status-unknown']],
    ['an unknown type', 'Standards Track', 'Standard Track', ['type-unknown']],
    ['the category ERC', 'Category: Core', 'Category: ERC', ['category-unknown']],
    ['a day that does not exist', '2026-09-16', '2026-02-30', ['date-invalid']],
    ['a day in words', '2026-09-16', '16 September 2026', ['date-invalid']],
    ['Updated before Created', '2026-09-17', '2026-09-15', ['date-order']],
    ['number 1', 'SIP: 8', 'SIP: 1', ['file-number', 'number-invalid']],
    ['a number with zeros', 'SIP: 8', 'SIP: 0008', ['number-invalid']],
    ['another number than the file', 'SIP: 8', 'SIP: 9', ['file-number']],
    ['a title of mixed scripts', 'Whitelist JupSOL', 'Whitelist J\u0443pSOL', ['title-mixed-script']],
    ['a stylised title', 'Whitelist JupSOL', 'Whitelist \u{1d5dd}upSOL', ['title-lookalike']],
    ['a short title', 'Whitelist JupSOL', 'LST', ['title-length']],
    ['HTML in a value', 'Ada Example', '<b>Ada</b>', ['raw-html', 'raw-html']],
  ];
  it.each(cases)('refuses %s', (_, from, to, expected) => {
    expect(codes(inBlock(from, to))).toEqual(expected);
  });

  it('points at the letter of the other script', () => {
    const { findings } = parse(inBlock('Whitelist JupSOL', 'Whitelist J\u0443pSOL'));
    expect(findings[0]).toMatchObject({ line: 4, column: 19 });
    expect(findings[0]?.message).toContain('Latin and Cyrillic');
  });

  it.each([['sip-8-x.md'], ['SIP-0008-x.md'], ['sip-0008.md'], ['sip-0008-X.md'], ['sip-0008-x.markdown']])(
    'refuses the file name %s',
    (name) => expect(codes(sample(), `sips/${name}`)).toEqual(['file-name']),
  );
});

describe('sections', () => {
  const cases: [string, string | RegExp, string, string[]][] = [
    ['a missing section', /## Abstract\n\n.*\n\n/, '', ['section-missing']],
    ['an unknown section', '## Abstract', '## Abstrac', ['section-unknown', 'section-missing']],
    ['an empty section', 'Text of Abstract.', '', ['section-empty']],
    ['a repeated section', '## References', '## Abstract\n\nx\n\n## References', ['section-duplicate']],
    [
      'a second H1',
      'Text of Abstract.',
      '# More',
      ['section-empty', 'heading-level', 'section-missing'].slice(0, 2),
    ],
    ['text before the first', '## Simple Summary', 'Hello.\n\n## Simple Summary', ['text-before-sections']],
    [
      'a question left out',
      '### How does it affect the security of the protocol?\n',
      '',
      ['security-question-missing'],
    ],
    ['a question without answer', /An answer in words\.$/m, '', ['security-answer-missing']],
    ['"none" for an answer', /An answer in words\.$/m, 'None.', ['security-answer-missing']],
    ['guidance left', 'Text of Abstract.', '> Replace this: words', ['guidance-left']],
  ];
  it.each(cases)('refuses %s', (_, from, to, expected) => {
    expect(codes(inBlock(from, to))).toEqual(expected);
  });

  it('refuses sections out of order', () => {
    const text = inBlock(/(## Abstract\n\n.*\n\n)(## Motivation\n\n.*\n\n)/, '$2$1');
    expect(codes(text)).toEqual(['section-order']);
  });

  it('warns about a long abstract', () => {
    expect(codes(sample({ sections: { Abstract: 'word '.repeat(301) } }))).toEqual(['abstract-long']);
  });
});

describe('prose', () => {
  const cases: [string, string, string[]][] = [
    ['raw HTML', 'a <b>b</b>', ['raw-html', 'raw-html']],
    ['an HTML comment', '<!-- hidden -->', ['raw-html']],
    ['HTML after a backslash pair', 'a \\\\<b>', ['raw-html']],
    ['HTML in code that spans lines', 'a ` b\n`<b>`', ['code-open']],
    ['a code span cut by a table cell', '|a|b|\n|-|-|\n|`x|<b>`|y|', ['table-code-bar']],
    ['an http link', '[a](http://x.org)', ['link-scheme']],
    ['a javascript link', '[a](JavaScript:alert(1))', ['link-scheme']],
    ['a data link', '[a](<data:text/html,x>)', ['link-scheme']],
    ['a link by reference', '[a][b]\n\n[b]: javascript:x', ['link-scheme']],
    ['an autolink', '<ftp://x.org>', ['link-scheme']],
    ['a bare http address', 'see http://x.org for more', ['link-scheme']],
    ['a bare www address', 'see www.x.org for more', ['link-scheme']],
    ['an address behind escapes', 'see http:\\/\\/x.org', ['link-escape']],
    ['an address behind a reference', '[a](javascript&colon;x)', ['link-escape', 'character-reference']],
    ['a protocol-relative link', '[a](//x.org)', ['link-absolute']],
    ['a link with user info', '[a](https://solayer.org@evil.org/)', ['link-userinfo']],
    ['a link with a foreign host', '[a](https://s\u043elayer.org)', ['link-not-ascii']],
    ['a link that shows another address', '[https://a.org](https://b.org)', ['link-text']],
    ['a destination on the next line', '[a](\nhttp://x.org)', ['link-form', 'link-scheme']],
    ['a definition on the next line', '[a]:\njavascript:x', ['link-form']],
    ['a bare address that eats a backtick', 'see https://x.org/`<b>`', ['link-form']],
    ['a bare address with user info', 'see https://x.org)@y.org', ['link-userinfo']],
    ['a link without its bracket', 'x](www.x.org', ['link-scheme']],
    ['a remote image', '![a](https://x.org/a.png)', ['image-remote']],
    ['an image by reference', '![a][b]\n\n[b]: https://x.org', ['image-form']],
    ['an image above the folder', '![a](../../a.png)', ['image-path']],
    ['an invisible character by reference', 'a&#x200b;b', ['character-reference']],
    ['a heading in a quote', '> ## Specification', ['heading-place']],
    ['an indented heading', '  ## Specification', ['heading-place']],
    ['an underlined heading', 'Specification\n---', ['heading-underlined']],
    ['a fence in a list', '- a\n  ```\n  x\n  ```', ['fence-place', 'fence-place']],
    ['a strange info string', '```a b\n```', ['fence-info']],
  ];
  it.each(cases)('refuses %s', (_, text, expected) => {
    expect(codes(section(text))).toEqual(expected);
  });

  it('refuses a fence that is never closed', () => {
    expect(codes(sample({ sections: { References: '```\nx' } }))).toEqual(['fence-open']);
  });
});

describe('actions block', () => {
  const spec = (text: string) => sample({ sections: { Specification: text } });
  const upper = BLOCK.replace('```actions', '```Actions');
  const cases: [string, string, string[]][] = [
    ['no block', 'Nothing.', ['actions-missing']],
    ['two blocks', `${BLOCK}\n\n${BLOCK}`, ['actions-duplicate']],
    [
      'a second block with tildes',
      `${BLOCK}\n\n${BLOCK.replaceAll('```', '~~~')}`,
      ['actions-lookalike', 'actions-duplicate'],
    ],
    ['a second block in capitals', `${BLOCK}\n\n${upper}`, ['actions-duplicate']],
    ['a second block within a fence', `${BLOCK}\n\n\`\`\`\`text\n${BLOCK}\n\`\`\`\``, ['actions-duplicate']],
    [
      'a second block by reference',
      `${BLOCK}\n\n${BLOCK.replace('actions', '&#97;ctions')}`,
      ['actions-duplicate', 'fence-info'],
    ],
    ['a block in capitals only', upper, ['actions-fence']],
    [
      'a block with more info',
      BLOCK.replace('```actions', '```actions now'),
      ['actions-fence', 'fence-info'],
    ],
    ['a block with tildes only', BLOCK.replaceAll('```', '~~~'), ['actions-fence']],
    [
      'a block in a list',
      `- x\n\n${BLOCK.replace(/^/gm, '  ')}`,
      ['actions-fence', 'fence-place', 'fence-place'],
    ],
  ];
  it.each(cases)('refuses %s', (_, text, expected) => {
    expect([...codes(spec(text))].filter((code) => code !== 'actions-lookalike').sort()).toEqual(
      expected.filter((code) => code !== 'actions-lookalike').sort(),
    );
  });

  it('refuses the block in another section', () => {
    const text = sample({ sections: { Specification: 'x', Implementation: BLOCK } });
    expect(codes(text)).toEqual(['actions-section']);
  });

  it('warns about a code block that only looks like actions', () => {
    expect(codes(spec(`${BLOCK}\n\n\`\`\`yaml\n- action: other\n\`\`\``))).toEqual(['actions-lookalike']);
  });
});

describe('YAML of the block', () => {
  const cases: [string, string | RegExp, string, string[]][] = [
    ['an anchor', 'symbol: JupSOL', 'symbol: &a JupSOL', ['yaml-anchor']],
    ['an alias', 'symbol: JupSOL', 'symbol: *a', ['yaml-alias']],
    ['a tag', 'symbol: JupSOL', 'symbol: !!str JupSOL', ['yaml-tag']],
    ['a merge', 'symbol: JupSOL', '<<: JupSOL', ['yaml-merge']],
    ['a repeated key', 'symbol: JupSOL', 'symbol: A\n    symbol: B', ['yaml-duplicate-key']],
    ['two documents', 'actions:\n  - ', '---\nactions:\n  - ', ['yaml-documents']],
    ['a directive', 'valid-until', '%YAML 1.2\nvalid-until', ['yaml-directive']],
    ['a long key', 'symbol: JupSOL', '? symbol\n    : JupSOL', ['yaml-key', 'yaml-key']],
    ['block text', 'symbol: JupSOL', 'symbol: |\n      JupSOL', ['yaml-block-text']],
    ['a folded scalar', 'symbol: JupSOL', 'symbol: Jup\n      SOL', ['yaml-block-text']],
    ['an escape', 'symbol: JupSOL', 'symbol: "\\x4aupSOL"', ['yaml-escape']],
    ['a tab', 'symbol: JupSOL', 'symbol:\tJupSOL', ['yaml-tab']],
    ['a letter outside ASCII', 'symbol: JupSOL', 'symbol: J\u0443pSOL', ['actions-not-ascii']],
    ['no value', 'symbol: JupSOL', 'symbol:', ['yaml-empty']],
    ['null', 'symbol: JupSOL', 'symbol: ~', ['yaml-word']],
    ['a truth value in capitals', 'symbol: JupSOL', 'symbol: TRUE', ['yaml-word']],
    ['broken indentation', 'symbol: JupSOL', ' symbol: JupSOL', ['yaml-syntax']],
    ['a hexadecimal number', 'decimals: 9', 'decimals: 0x9', ['number-form']],
    ['an octal number', 'decimals: 9', 'decimals: 0o11', ['number-form']],
    ['a leading zero', 'decimals: 9', 'decimals: 09', ['number-form']],
    ['a sign', 'decimals: 9', 'decimals: +9', ['number-form']],
    ['a fraction', 'decimals: 9', 'decimals: 9.0', ['number-form']],
    ['an exponent', 'decimals: 9', 'decimals: 9e0', ['number-form']],
    ['a number with underscores', 'cap: "250000"', 'cap: 250_000', ['number-form']],
    ['infinity', 'cap: "250000"', 'cap: .inf', ['number-form']],
    ['a number that loses digits', 'cap: "250000"', 'cap: 9007199254740993', ['number-form']],
    ['an unknown key on top', 'valid-until', 'author: x\nvalid-until', ['actions-key-unknown']],
    ['no actions', /actions:\n {2}- [^`]*/, 'actions: []\n', ['actions-empty']],
    ['no valid-until', /valid-until.*\n/, '', ['valid-until-missing']],
    ['a bad valid-until', '2026-12-15T00:00:00Z', '2026-12-15', ['valid-until-invalid']],
    ['a late valid-until', '2026-12-15T00:00:00Z', '2026-12-16T00:00:01Z', ['valid-until-late']],
    ['an early valid-until', '2026-12-15T00:00:00Z', '2026-09-17T00:00:00Z', ['valid-until-early']],
    ['an unknown action', 'action: double-list', 'action: double-lst', ['action-unknown']],
    ['no kind', '- action: double-list\n    mint', '- mint', ['action-kind-missing']],
    [
      'a repeated action',
      '\n```\n',
      '\n  - action: double-stop\n  - action: double-stop\n```\n',
      ['action-repeated'],
    ],
    ['a bare list entry', '\n```\n', '\n  - double-stop\n```\n', ['action-shape']],
    ['an unknown field', 'symbol: JupSOL', 'symbol: JupSOL\n    simbol: x', ['field-unknown']],
    ['a missing field', 'symbol: JupSOL\n    ', '', ['field-missing']],
    ['a broken address', MINT, MINT.slice(1), ['address-not-canonical']],
    ['an amount without quotes', '"250000"', '250000', ['amount-invalid']],
    ['an amount with commas', '"250000"', '"250,000"', ['amount-invalid']],
    ['another choice', 'program: token', 'program: token-2021', ['choice-unknown']],
    ['a number out of range', 'decimals: 9', 'decimals: 19', ['number-range']],
    ['a number in quotes', 'decimals: 9', 'decimals: "9"', ['number-form']],
  ];
  it.each(cases)('refuses %s', (_, from, to, expected) => {
    expect(codes(inBlock(from, to))).toEqual(expected);
  });

  it('accepts valid-until exactly 90 days after Updated', () => {
    expect(codes(inBlock('2026-12-15T00:00:00Z', '2026-12-16T00:00:00Z'))).toEqual([]);
  });

  it('accepts comments, flow lists and either quotes', () => {
    const text = inBlock(
      '\n```\n',
      `\n  # why\n  - {action: double-window, index: 1, opens: '2026-10-01T00:00:00Z', closes: none, caps: [{mint: ${MINT}, cap: "1"}]}\n\`\`\`\n`,
    );
    expect(codes(text)).toEqual([]);
  });

  it('takes on and off for text', () => {
    expect(codes(inBlock('symbol: JupSOL', 'symbol: off'))).toEqual([]);
  });

  it.each([
    ['250,000', 'Write "250000".'],
    ['0250.50', 'Write "250.5".'],
    ['1,5', 'Write whole tokens in quotes such as "250000" or "0.5", or unlimited.'],
  ])('never guesses what a comma means: %s', (amount, help) => {
    expect(parse(inBlock('"250000"', `"${amount}"`)).findings).toMatchObject([{ help }]);
  });

  it('points into nested lists', () => {
    const text = inBlock(
      '\n```\n',
      `\n  - action: double-window\n    index: 1\n    opens: 2026-10-01T00:00:00Z\n    closes: none\n    caps:\n      - mint: ${MINT}\n        cap: "1,5"\n\`\`\`\n`,
    );
    expect(parse(text).findings).toMatchObject([{ code: 'amount-invalid', line: 43, column: 14 }]);
    expect(parse(text).findings[0]?.message).toContain('caps[0].cap of double-window');
  });
});

describe('gate', () => {
  it.each([
    ['too many bytes', new Uint8Array(256 * 1024 + 1).fill(97), ['file-too-large']],
    ['nothing', new Uint8Array(), ['file-empty']],
    ['a byte order mark', bytesOf(`\ufeff${sample()}`), ['byte-order-mark']],
    ['bytes that are not UTF-8', new Uint8Array([97, 10, 98, 0xff, 99]), ['utf8-invalid']],
    ['a cut sequence', new Uint8Array([97, 0xe2, 0x82]), ['utf8-invalid']],
    ['a surrogate', new Uint8Array([0xed, 0xa0, 0x80]), ['utf8-invalid']],
    ['NUL', bytesOf('a\0b'), ['nul']],
    ['a control character', bytesOf('a\x1bb'), ['control-character']],
    ['a C1 control', bytesOf('a\u0085b'), ['control-character']],
    ['a long line', bytesOf('a'.repeat(4097)), ['line-too-long']],
    ['too many lines', bytesOf('\n'.repeat(10_000)), ['too-many-lines']],
    ['stacked marks', bytesOf(`e${'\u0301'.repeat(17)}`), ['marks-stacked']],
    ['deep quotes', bytesOf('>'.repeat(13)), ['nesting-deep']],
    ['deep lists', bytesOf(`${' '.repeat(50)}- a`), ['nesting-deep']],
    ['deep brackets', bytesOf('['.repeat(33)), ['nesting-deep']],
    ['bidi', bytesOf('a\u202eb'), ['bidi-character']],
    ['a zero width space', bytesOf('a\u200bb'), ['invisible-character']],
    ['an emoji with a selector', bytesOf('\u2764\ufe0f'), ['invisible-character']],
    ['a tag character', bytesOf('a\u{e0041}'), ['invisible-character']],
    ['a Hangul filler', bytesOf('a\u3164'), ['invisible-character']],
    ['a no-break space', bytesOf('a\u00a0b'), ['blank-lookalike']],
    ['a line separator', bytesOf('a\u2028b'), ['line-end-lookalike']],
    ['a private character', bytesOf('a\ue000b'), ['character-unassigned']],
    ['a replacement character', bytesOf('a\ufffdb'), ['character-lost']],
  ])('refuses %s', (_, bytes, expected) => {
    expect(codes(bytes)).toEqual(expected);
  });

  it('gives the exact place of a byte that is not UTF-8', () => {
    expect(parse(new Uint8Array([97, 10, 98, 99, 0xff, 100])).findings[0]).toMatchObject({
      line: 2,
      column: 3,
    });
  });

  it('counts characters, not UTF-16 units, in a line', () => {
    expect(codes('\u{1f40b}'.repeat(4096))).not.toContain('line-too-long');
  });
});
