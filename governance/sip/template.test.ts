import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECTION_NAMES } from './document.ts';
import { guidanceFor } from './guidance.ts';
import { parseSip } from './parse.ts';
import { bytesOf } from './testing/sample.ts';

const template = readFileSync(new URL('../../sips/template.md', import.meta.url), 'utf8');
const filled = template
  .replace('NNNN', '9')
  .replace(/Title: .*/, 'Title: Whitelist an LST')
  .replace(/Authors: .*/, 'Authors: Ada')
  .replaceAll('YYYY-MM-DD', '2026-09-16');

describe('sips/template.md', () => {
  it('has the guidance that lint knows, section by section', () => {
    for (const name of SECTION_NAMES) expect(template).toContain(`## ${name}\n\n${guidanceFor(name)}\n`);
  });

  it('is a valid SIP but for its header and guidance', () => {
    const lint = (allowGuidance: boolean) =>
      parseSip(bytesOf(filled), 'sip-0009-lst.md', { allowGuidance }).findings.map((finding) => finding.code);
    expect(lint(true)).toEqual([]);
    expect(new Set(lint(false))).toEqual(new Set(['guidance-left']));
  });

  it('leaves nothing in the header that lint would let pass', () => {
    const { findings } = parseSip(bytesOf(template), 'sip-0009-lst.md');
    const lines = findings.map((finding) => finding.line);
    for (const line of [3, 4, 5, 9, 10]) expect(lines).toContain(line);
  });
});
