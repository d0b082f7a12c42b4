import { readFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { expect, it } from 'vitest';
import { looksLikePatch, readPatch } from './patch.ts';

const SIP = readFileSync('sips/sip-0008-whitelist-jupsol.md', 'utf8');
const adding = (name: string, text = SIP) => createTwoFilesPatch('/dev/null', `b/sips/${name}`, '', text);
const mail = (patch: string) =>
  `From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: [PATCH] SIP-8\n\n---\n sips/x.md | 1 +\n\ndiff --git a/sips/x.md b/sips/x.md\nnew file mode 100644\nindex 0000000..1111111\n${patch.slice(patch.indexOf('---'))}-- \n2.39.0\n`;
const read = (text: string) => readPatch(new TextEncoder().encode(text), 'x.patch');

it('gives the file that it adds, byte for byte', () => {
  const patch = mail(adding('sip-0008-whitelist-jupsol.md'));
  expect(looksLikePatch(patch)).toBe(true);
  expect(looksLikePatch(SIP)).toBe(false);
  const { file, text } = read(patch);
  expect(file).toBe('sip-0008-whitelist-jupsol.md');
  expect(new TextDecoder().decode(text)).toBe(SIP);
});

it.each([
  ['two files', adding('sip-0008-a.md') + adding('sip-0009-b.md')],
  ['a change of a file', createTwoFilesPatch('a/sip-0008-a.md', 'b/sip-0008-a.md', 'x\n', SIP)],
  ['a file that is no SIP', adding('run.sh')],
  ['the README', adding('README.md')],
  ['nothing', ''],
  ['a hunk that lies about its lines', adding('sip-0008-a.md').replace(/@@ -0,0 \+1,\d+/, '@@ -0,0 +1,3')],
  ['more than a patch may be', `--- ${'x'.repeat(600_000)}`],
])('refuses %s', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'HANDOFF_INVALID' }));
});

it('refuses bytes that are no text', () => {
  expect(() => readPatch(Uint8Array.of(0xff, 0xfe, 0), 'x.patch')).toThrow(
    expect.objectContaining({ code: 'HANDOFF_INVALID' }),
  );
});
