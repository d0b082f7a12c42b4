import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../actions/registry.ts';
import { parseDay } from '../times.ts';
import { digestOf } from './digest.ts';
import { SECTION_NAMES } from './document.ts';
import { sipFileName } from './file-name.ts';
import { newSip } from './new-sip.ts';
import { parseSip } from './parse.ts';
import { render } from './render.ts';
import { bytesOf, parse, sample, sections } from './testing/sample.ts';

const UNTIL = parseDay('2026-12-15') ?? 0n;

describe('render', () => {
  it('gives a clean document back as it was', () => {
    const { sip } = parse(sample());
    expect(sip && render(sip)).toBe(sample());
  });

  it('changes nothing the second time, and keeps the digest', () => {
    const untidy = sample({
      replace: [/## Motivation\n\n/, '## Motivation\n\n\n\n'],
      sections: { Specification: `${sections().Specification.replace('mint:', '# why\n    mint:')}\n\n` },
    });
    const { sip: first } = parse(untidy);
    const once = first === null ? '' : render(first);
    const { sip: second } = parse(once);
    expect(second && render(second)).toBe(once);
    expect(second?.digest).toBe(digestOf(bytesOf(once)));
    expect(once).not.toContain('# why');
  });

  it('reads every action of the registry back as it was written', () => {
    const actions = ACTIONS.map(({ kind, example }) => ({ kind, params: example }));
    const filled = Object.fromEntries(SECTION_NAMES.map((name) => [name, `Text of ${name}.`]));
    const text = newSip({
      ...{ sip: 9, title: 'Every action', authors: 'Ada', type: 'Standards Track', category: 'Core' },
      ...{ created: '2026-09-16', validUntil: UNTIL, actions },
      sections: { ...filled, 'Security Considerations': sections()['Security Considerations'] },
    });
    const { sip, findings } = parseSip(bytesOf(text), 'sip-0009-every-action.md');
    expect(findings).toEqual([]);
    expect(sip?.actions.map(({ kind, params }) => ({ kind, params }))).toEqual(actions);
  });
});

describe('a new SIP', () => {
  const fresh = newSip({
    ...{ sip: 9, title: 'Whitelist an LST', authors: 'Ada', type: 'Standards Track', category: 'Core' },
    ...{ created: '2026-09-16', validUntil: UNTIL },
    actions: [{ kind: 'double-stop', params: { note: 'it\'s "odd"' } }],
  });

  it('lacks nothing but the text of its author', () => {
    const { sip, findings } = parse(fresh, sipFileName(9, 'Whitelist an LST'));
    expect(sip).toBeNull();
    expect(new Set(findings.map((finding) => finding.code))).toEqual(new Set(['guidance-left']));
    expect(findings).toHaveLength(10);
  });

  it('is refused as long as a single line of guidance stands, with or without its mark', () => {
    const { Abstract } = sections();
    const left = sample({ replace: [Abstract, fresh.match(/Replace this: (about.*)/)?.[1] ?? ''] });
    expect(parse(left).findings.map((finding) => finding.code)).toEqual(['guidance-left']);
  });
});

describe('the name of a file', () => {
  it.each([
    [8, 'Whitelist JupSOL', 'sip-0008-whitelist-jupsol.md'],
    [12, 'Epoch 0: caps, "access" & more!', 'sip-0012-epoch-0-caps-access-more.md'],
    [9999, '提案', 'sip-9999-proposal.md'],
  ])('of SIP %d, %s', (sip, title, name) => expect(sipFileName(sip, title)).toBe(name));
});
