import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '#governance/actions/registry.ts';
import { checkValues, readBlock, replaceBlock } from './edit-block.ts';
import { isSipFile } from './file-name.ts';
import { parseUnnamed } from './parse-unnamed.ts';

const SIPS = readdirSync('sips')
  .filter(isSipFile)
  .map((name) => [name, readFileSync(join('sips', name), 'utf8')] as const);
const [, EIGHT] = SIPS.find(([name]) => name.startsWith('sip-0008'))!;

describe('the actions block of a text', () => {
  it.each(SIPS)('%s: put back as it was read, the SIP says the same', (name, text) => {
    const block = readBlock(text);
    if (block === null) throw new Error('not read');
    const again = replaceBlock(text, block) ?? '';
    const [before, after] = [text, again].map((one) => parseUnnamed(new TextEncoder().encode(one), name));
    expect(after?.actions.map(({ kind, params }) => ({ kind, params }))).toEqual(
      before?.actions.map(({ kind, params }) => ({ kind, params })),
    );
    expect(block.actions.flatMap(checkValues)).toEqual([]);
    expect(replaceBlock(again, block)).toBe(again);
  });

  it('is replaced alone, also in a text that is no SIP yet', () => {
    const text =
      'half\r\na thought ünd\n```yaml actions\nvalid-until: 2027-01-01T00:00:00Z\nactions:\n  - action: pause\n```\n## not a section\n';
    const fence = EIGHT.split('\n').find((line) => line.startsWith('```'))!;
    const begun = text.replace('```yaml actions', fence);
    const block = readBlock(begun);
    expect(block?.actions).toEqual([{ kind: 'pause', values: {} }]);
    const changed = replaceBlock(begun, { ...block!, actions: [{ kind: 'unpause', values: {} }] });
    expect(changed).toBe(begun.replace('action: pause', 'action: unpause'));
  });

  it('keeps the line ends that it has', () => {
    const windows = EIGHT.replaceAll('\n', '\r\n');
    const block = readBlock(windows);
    expect(block?.actions).toHaveLength(2);
    const again = replaceBlock(windows, block!) ?? '';
    expect(again.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it.each([
    ['no block', 'text'],
    ['a block that is never closed', EIGHT.slice(0, EIGHT.lastIndexOf('```'))],
    ['a block that is no YAML', EIGHT.replace('valid-until:', '{{')],
    ['a list that is none', EIGHT.replace(/actions:\n/, 'actions: 7\n')],
  ])('is not read from %s', (_, text) => {
    expect(readBlock(text)).toBeNull();
  });

  it('holds only what every reader reads alike', () => {
    const block = readBlock(EIGHT)!;
    const values = { ...block.actions[0]?.values, symbol: 'JüpSOL' };
    expect(() => replaceBlock(EIGHT, { ...block, actions: [{ kind: 'whitelist-lst', values }] })).toThrow(
      TypeError,
    );
  });
});

describe('values as they are typed', () => {
  it.each(ACTIONS.map(({ kind, example }) => [kind, example] as const))(
    '%s: its example fits',
    (kind, values) => {
      expect(checkValues({ kind, values: values as Record<string, unknown> })).toEqual([]);
    },
  );

  it('are told by field', () => {
    const { example } = ACTIONS.find(({ kind }) => kind === 'schedule-epoch')!;
    const values = { ...(example as Record<string, unknown>), access: 'all', caps: [{ mint: 'x' }] };
    const paths = checkValues({ kind: 'schedule-epoch', values }).map(({ path }) => path);
    expect(paths).toContain('access');
    expect(paths).toContain('caps.0.mint');
    expect(checkValues({ kind: 'no-such', values: {} })).toEqual([
      { path: '', message: '"no-such" is no action' },
    ]);
  });
});
