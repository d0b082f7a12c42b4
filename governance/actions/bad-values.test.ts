import { describe, expect, it } from 'vitest';
import { parseSip } from '../sip/parse.ts';
import { bytesOf, sample } from '../sip/testing/sample.ts';
import type { AnyActionModule } from './action.ts';
import { ACTIONS } from './registry.ts';

/** What people and attackers write where a value is meant; none of it may reach arithmetic or the parser's last resort. */
const BAD = [
  ...[
    '""',
    '" "',
    '"x"',
    '"-5"',
    '"+5"',
    '"1e5"',
    '"1e999999999"',
    '"0x10"',
    '"250,000"',
    '"250 000"',
    '"1.5.5"',
  ],
  ...['".5"', '"5."', '"007"', '"1.0000000000000000001"', '"99999999999999999999"', `"${'9'.repeat(3_000)}"`],
  ...['"NaN"', '"Infinity"', '"١٢"', '-1', '900000000', '9007199254740991', '2024-02-30T00:00:00Z'],
  ...[
    '"9999-99-99T99:99:99Z"',
    'true',
    'null',
    '[]',
    '[[]]',
    '[1, "x"]',
    '"11111111111111111111111111111111"',
  ],
];

const codesOf = (yaml: string): readonly string[] => {
  const Specification = `\`\`\`actions\nvalid-until: 2026-12-15T00:00:00Z\nactions:\n${yaml}\n\`\`\``;
  const bytes = bytesOf(sample({ sections: { Specification } }));
  return parseSip(bytes, 'sips/sip-0008-whitelist-jupsol.md').findings.map(({ code }) => code);
};

/** JSON is the flow form of YAML; one value at `path` is replaced by text of its own. */
function written(kind: string, params: object, path: readonly string[], bad: string): string {
  const copy = { action: kind, ...structuredClone(params) } as Record<string, unknown>;
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[path.at(-1) as string] = '@bad@';
  return `  - ${JSON.stringify(copy).replace('"@bad@"', bad)}`;
}

function pathsOf(value: object): readonly (readonly string[])[] {
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...(typeof inner === 'object' && inner !== null ? pathsOf(inner).map((path) => [key, ...path]) : []),
  ]);
}

const modules: readonly AnyActionModule[] = ACTIONS;
const cases = modules.flatMap(({ kind, example }) =>
  pathsOf(example as object).map((path) => [kind, path.join('.'), example as object, path] as const),
);

describe('a bad value', () => {
  it.each(cases)(
    'in %s, %s, is named by the linter or allowed, and never breaks it',
    (kind, _, example, path) => {
      for (const bad of BAD)
        expect([bad, ...codesOf(written(kind, example, path, bad))]).not.toContain('parser-failed');
    },
  );

  it('is named once, by the rule that it breaks', () => {
    const list = modules.find(({ kind }) => kind === 'whitelist-lst')?.example as object;
    const codes = (path: string, bad: string) => codesOf(written('whitelist-lst', list, [path], bad));
    expect(codes('cap', '"1e5"')).toEqual(['amount-invalid']);
    expect(codes('cap', '"250,000"')).toEqual(['amount-invalid']);
    expect(codes('cap', '"1.0000000001"')).toEqual(['amount-precision']);
    expect(codes('decimals', '900000000')).toEqual(['number-range']);
  });
});
