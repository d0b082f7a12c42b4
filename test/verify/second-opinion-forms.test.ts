import { describe, expect, it } from 'vitest';
import { checkBundle } from '#governance/bundle/check.ts';
import { type Bundle, parseBundle, renderBundle } from '#governance/bundle/document.ts';
import { parseSip } from '#governance/sip/index.ts';
import type { Address } from '#governance/types.ts';
import { realProposal } from '#test/bench/real-proposals.ts';
import { operators } from './opinion-examples.ts';
import { agreed, ask, askingTwice, bundle, consoleSays, numbered, run, sipOf } from './opinions.ts';

/** What a bundle and a text may look like, and what is refused. */

const SEED = 7;
askingTwice();

describe('of a text that is written otherwise both say the same', () => {
  const sip = sipOf([{ kind: 'pause', params: {} }], 8, 'Ask twic\u00e9');
  const text = new TextDecoder().decode(bundle(sip, realProposal(sip, SEED).input).text);
  it.each<[string, (text: string) => string]>([
    ['line ends of other systems', (t) => t.replaceAll('\n', '\r\n')],
    ['decomposed letters', (t) => t.normalize('NFD')],
    ['blanks at line ends', (t) => t.replaceAll('\n', ' \t\n')],
    ['another status', (t) => t.replace('Status: Review', 'Status: Executed')],
    ['a later day', (t) => t.replace(/Updated: .*/, 'Updated: 2026-11-30')],
    ['no line end', (t) => t.trimEnd()],
    ['comments and lists in the block', (t) => t.replace('  - action', '# why\n\n- action')],
  ])('%s', (_, change) => {
    const bytes = new TextEncoder().encode(change(text));
    expect(new TextDecoder().decode(bytes)).not.toBe(text);
    const read = parseSip(bytes, sip.file).sip;
    if (read === null) throw new Error('it is not valid');
    const { said } = agreed(read, realProposal(read, SEED).input);
    expect(said.verdict).toEqual(['match']);
  });
});

describe('a bundle that says what is not so', () => {
  const sip = sipOf([...operators.slice(0, 2)]);
  const { input } = realProposal(sip, SEED);
  const honest = bundle(sip, input);
  const zero = '11111111111111111111111111111111' as Address;
  it.each<[string, Partial<Bundle>]>([
    ['council-not-pinned', { council: zero }],
    ['program-not-pinned', { programId: zero }],
    ['vault-false', { vault: zero }],
    ['sip-false', { sip: 3 }],
    ['digest-false', { digest: '0'.repeat(64) as Bundle['digest'] }],
    ['idl-false', { idlHash: '0'.repeat(64) }],
    ['message-hash-false', { messageHash: null }],
    ['instructions-false', { instructions: honest.instructions.slice(1) }],
    ['effect-false', { effect: [...honest.effect, 'nothing more'] }],
  ])('%s', (code, change) => {
    const content = renderBundle({ ...honest, ...change });
    const opinion = ask(content, input.pins);
    expect(opinion).toEqual(consoleSays(content, input.pins));
    expect(opinion).toMatchObject({ exit: 3, said: { verdict: ['match'], fault: [code] } });
  });

  it('is judged for the council that is named, not for its own', () => {
    const council = zero;
    expect(ask(renderBundle(honest), { ...input.pins, council }).said.verdict).toEqual(['unreadable']);
  });
});

describe('what the program does not take', () => {
  const sip = sipOf([{ kind: 'pause', params: {} }, operators[0]!]);
  const { input } = realProposal(sip, SEED);
  const honest = bundle(sip, input);
  const text = new TextDecoder().decode(honest.text);
  const withText = (changed: string) => {
    expect(changed).not.toBe(text);
    return renderBundle({ ...honest, text: new TextEncoder().encode(changed) });
  };

  it.each<[string, (json: string) => string]>([
    ['another order of keys', (json) => json.replace(/("slot": .*,)\n( *)("chainTime": .*,)/, '$3\n$2$1')],
    ['an unknown key', (json) => json.replace('"sip": 8,', '"sip": 8,\n  "note": "",')],
    ['a key left out', (json) => json.replace(/ *"config": null\n/, '').replace('null,\n  },', 'null\n  },')],
    ['a key twice', (json) => json.replace('"sip": 8,', '"sip": 8,\n  "sip": 8,')],
    ['a padded number', (json) => json.replace('"slot": "7"', '"slot": "07"')],
    ['a signed number', (json) => json.replace('"slot": "7"', '"slot": "+7"')],
    ['a later version', (json) => json.replace('"schemaVersion": 1', '"schemaVersion": 2')],
    [
      'base64 with bits left over',
      (json) =>
        json.replace(/(\w)(==?")/, (_, last, end) => `${String.fromCharCode(last.charCodeAt(0) + 1)}${end}`),
    ],
    ['no line end', (json) => json.trimEnd()],
    ['more behind it', (json) => `${json}\n`],
  ])('the form: %s', (_, change) => {
    const json = new TextDecoder().decode(renderBundle(honest));
    expect(change(json)).not.toBe(json);
    const content = new TextEncoder().encode(change(json));
    expect(() => parseBundle(content, 'bundle.json')).toThrow();
    expect(ask(content, input.pins)).toMatchObject({ exit: 1, said: {} });
  });

  it.each<[string, (text: string) => string]>([
    ['a bidi control', (t) => t.replace('Ask twice', 'Ask \u202etwice')],
    ['a byte order mark', (t) => `\ufeff${t}`],
    ['a header in another order', (t) => t.replace(/(Type: .*)\n(Category: .*)/, '$2\n$1')],
    ['a number of its own', (t) => t.replace('SIP: 8', 'SIP: 08')],
    ['an unknown field', (t) => t.replace('action: pause', 'action: pause\n    why: because')],
    ['a field twice', (t) => t.replace(/( +name: .*)/, '$1\n$1')],
    ['a field left out', (t) => t.replace(/ +name: .*\n/, '')],
    ['a number that loses digits', (t) => t.replace(/name: .*/, 'name: 1.50')],
    ['a word of YAML', (t) => t.replace(/name: .*/, 'name: Null')],
    ['an anchor', (t) => t.replace(/name: .*/, 'name: &a Operator')],
    ['an escape', (t) => t.replace(/name: .*/, 'name: "Oper\\x61tor"')],
    ['a comment behind a value', (t) => t.replace(/name: .*/, 'name: # 7')],
    ['a tab', (t) => t.replace(/ {4}name:/, '\tname:')],
    ['an action twice', (t) => t.replace('  - action: pause', '  - action: pause\n  - action: pause')],
    ['a second block', (t) => t.replace('## Test Cases', '## Test Cases\n\n```actions\n```')],
    ['a block in another section', (t) => t.replace('## Specification', '## Specifications')],
    ['a block inside another fence', (t) => t.replace(/(```actions[\s\S]*?\n```)/, '````\n$1\n````')],
    ['a block that stays open', (t) => t.replace(/(```actions[\s\S]*?)\n```/, '$1')],
    ['a time that does not exist', (t) => t.replace(/valid-until: .*/, 'valid-until: 2027-02-29T00:00:00Z')],
    ['a date too late', (t) => t.replace(/valid-until: \d+/, 'valid-until: 2028')],
  ])('the text: %s', (_, change) => {
    const content = withText(change(text));
    expect(() => checkBundle(parseBundle(content, 'bundle.json'), input.pins, 'bundle.json')).toThrow();
    expect(ask(content, input.pins)).toMatchObject({ exit: 1, said: {} });
  });

  it('a kind of action that it does not know is not judged', () => {
    const opinion = ask(withText(text.replace('action: pause', 'action: council-change')), input.pins);
    expect(opinion).toMatchObject({
      exit: 3,
      said: { verdict: ['not-judged'], reason: ['action-kind-unknown: council-change'] },
    });
    expect(opinion.said.instruction).toEqual(numbered(honest.instructions));
  });

  it.each([[[]], [['bundle.json']], [['bundle.json', '--council', 'x', '--program', 'y']], [['--help']]])(
    'the line %j',
    (args: readonly string[]) => {
      const { status, stderr } = run(args);
      expect({ status, usage: stderr.includes('usage: second-opinion BUNDLE.json') }).toEqual({
        status: 2,
        usage: true,
      });
    },
  );
});
