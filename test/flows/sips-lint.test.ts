import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSip } from '#governance/plan/compile.ts';
import { addressesIn } from '#governance/plan/context.ts';
import idl from '#governance/restaking/generated/restaking.json' with { type: 'json' };
import { pinsOf } from '#governance/restaking/pdas.ts';
import { LSTS, OPERATORS } from '#governance/sandbox/lsts/fixtures.ts';
import { isSipFile, lintFiles, newSip, parseSip, type Sip } from '#governance/sip/index.ts';
import type { Address } from '#governance/types.ts';

/** The documents of the repository: clean, compilable, in an order that can be executed, about assets that exist. */

const FOLDER = new URL('../../sips/', import.meta.url);
const files = readdirSync(FOLDER)
  .filter(isSipFile)
  .sort()
  .map((name) => ({ file: join('sips', name), bytes: new Uint8Array(readFileSync(new URL(name, FOLDER))) }));
const report = lintFiles(files);
const { sips } = report;

/** SIP → instructions by part without begin_sip, as the Specifications say. */
const PARTS: Readonly<Record<number, readonly number[]>> = {
  2: [2, 2],
  3: [3, 2],
  4: [5],
  5: [5],
  6: [5, 1],
  7: [5],
  8: [2],
};

const pins = pinsOf(idl.address as Address, 'GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm' as Address);
const [voter, initiator] = [7, 1];
/** Five voters and the submitter's seat; which keys they are changes no size. */
const members = LSTS.slice(0, 6).map((lst, at) => ({
  key: lst.mint.toBase58() as Address,
  mask: at < 5 ? voter : initiator,
}));
const compile = (sip: Sip) => compileSip(sip, { pins, members, transactionIndex: 1n });

describe('the SIPs of the repository', () => {
  it('pass lint without an error or a warning', () => {
    expect(report.findings).toEqual([]);
    expect(sips.map((sip) => sip.header.sip)).toEqual(files.map((_, at) => at + 2));
  });

  it('are in Review and run forward in time', () => {
    expect(sips.map((sip) => sip.header.status)).toEqual(sips.map(() => 'Review'));
    const updated = sips.map((sip) => sip.header.updated);
    expect(updated).toEqual([...updated].sort());
  });

  it.each(sips.map((sip) => [sip.header.sip, sip] as const))('SIP-%i compiles', (number, sip) => {
    const { parts } = compile(sip);
    const own = parts.map(({ instructions }) => instructions.length - 1);
    const bytes = parts.map(({ message }) => message.length);
    console.info(`SIP-${number}: instructions ${own.join(' + ')}, message bytes ${bytes.join(' + ')}`);
    expect(own).toEqual(PARTS[number]);
  });

  it.each(sips.map((sip) => [sip.header.sip, sip] as const))(
    'SIP-%i keeps its block when rendered',
    (_, sip) => {
      const sections = Object.fromEntries(sip.sections.map(({ name, markdown }) => [name, markdown]));
      const text = newSip({ ...sip.header, validUntil: sip.validUntil, actions: sip.actions, sections });
      const again = parseSip(new TextEncoder().encode(text), sip.file);
      expect(again.findings).toEqual([]);
      expect(again.sip?.digest).toBe(sip.digest);
    },
  );

  it('name mints and vote accounts that the embedded network carries', () => {
    const known = new Set([...LSTS.map((lst) => lst.mint), ...OPERATORS.map(({ vote }) => vote)].map(String));
    const named = sips.flatMap((sip) => sip.actions.flatMap(({ params }) => addressesIn(params)));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((address) => !known.has(address))).toEqual([]);
  });
});
