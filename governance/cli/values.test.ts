import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refused } from './command.ts';
import { count, renderJson } from './json.ts';
import { paperOn } from './paper.ts';
import { address, assignment, duration, time, transactionIndex, u64, whole } from './values.ts';

describe('values of options', () => {
  it('are read', () => {
    expect(whole(1, 20)('7')).toBe(7);
    expect(u64('18446744073709551615')).toBe(2n ** 64n - 1n);
    expect(transactionIndex('12')).toBe(12n);
    expect(['600', '600s', '10m', '2h', '3d'].map(duration)).toEqual([600n, 600n, 600n, 7_200n, 259_200n]);
    expect(time('2026-12-15T00:00:00Z')).toBe(time('2026-12-15'));
    expect(time('1797292800')).toBe(1_797_292_800n);
    expect(assignment('a.1.b=c=d')).toEqual(['a.1.b', 'c=d']);
    expect(address('jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v')).toHaveLength(43);
  });

  it('are refused in words, whatever they are', () => {
    const wrong: [(text: string) => unknown, string[]][] = [
      [whole(1, 20), ['', '0', '21', '1.5', '-1', '1e1', '999999999999999999']],
      [u64, ['', '-1', '18446744073709551616', '0x1', '1'.repeat(21)]],
      [transactionIndex, ['0', 'x']],
      [duration, ['', '-5', '5w', 'm', '1.5h']],
      [time, ['', '2026-02-30', '2026-12-15T25:00:00Z', '2026-12-15 00:00', 'now']],
      [assignment, ['', 'a', '=b']],
      [
        address,
        [
          '',
          'x',
          '1'.repeat(31),
          '1'.repeat(33),
          `jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v `,
          'z'.repeat(44),
        ],
      ],
    ];
    for (const [parse, texts] of wrong)
      for (const text of texts) expect(() => parse(text), text).toThrow(Refused);
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...wrong.map(([parse]) => parse)), (text, parse) => {
        try {
          parse(text);
        } catch (error) {
          return error instanceof Refused;
        }
        return true;
      }),
    );
  });
});

describe('JSON', () => {
  it('is one line with the encodings of the design', () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0xfd, 0xfc);
    expect(
      renderJson({ big: 2n ** 64n, bytes, list: [1n, undefined, null], none: undefined, text: 'a\n' }),
    ).toBe(
      `{"schemaVersion":1,"big":"18446744073709551616","bytes":"//79/A==","list":["1",null,null],"text":"a\\n"}\n`,
    );
    expect(renderJson({ bytes: Buffer.from([1]) })).toBe('{"schemaVersion":1,"bytes":"AQ=="}\n');
    expect(count(12n)).toBe(12);
    expect(() => count(2n ** 60n)).toThrow(RangeError);
  });
});

describe('text', () => {
  const on = (env: Record<string, string>, isTTY = true) => {
    let text = '';
    const out = {
      write(more: string) {
        text += more;
      },
      isTTY,
    };
    const paper = paperOn(out, { env });
    paper.table(
      ['a', 'b'],
      [
        ['long cell', 1n],
        [paper.paint.green('c'), 'd'],
      ],
    );
    paper.pairs([
      ['x', 'y'],
      ['longer', undefined],
    ]);
    return text;
  };

  it('has columns, and colours only for somebody who sees them', () => {
    const plain = 'a          b\nlong cell  1\nc          d\nx  y\n';
    for (const text of [
      on({ NO_COLOR: '1' }),
      on({}, false),
      on({ TERM: 'dumb' }),
      on({ CI: 'true' }),
      on({ NO_COLOR: '1', FORCE_COLOR: '1' }),
    ])
      expect(text).toBe(plain);
    for (const text of [on({}), on({ FORCE_COLOR: '1' }, false)])
      expect(text).toContain('\u001b[32mc\u001b[39m          d');
  });
});
