import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSip } from '#governance/plan/compile.ts';
import { textOf } from '#governance/proposals/judge.ts';
import { projectRoot } from '#governance/sandbox/project.ts';
import { isSipFile, parseSip, type Sip } from '#governance/sip/index.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import type { SipText } from '#governance/verify/index.ts';
import type { Base } from '../verify/mutations.ts';
import { honestInput, makeWorld, messageOf, pinsOf, transactionFields, type World } from '../verify/world.ts';

/** Proposals of the SIPs in sips/ by councils drawn by lot, as the verifier finds them on chain. */

/** How the verifier comes by the bytes that a text compiles to. */
export type Recompile = 'remembered' | 'compiled again' | 'compiled again, nothing remembered';

/** The valid SIPs of the repository. */
export function repositorySips(): readonly Sip[] {
  const folder = join(projectRoot(), 'sips');
  return readdirSync(folder)
    .filter(isSipFile)
    .sort()
    .map((name) => {
      const { sip } = parseSip(new Uint8Array(readFileSync(join(folder, name))), name);
      if (sip === null) throw new Error(`${name} is not valid`);
      return sip;
    });
}

/** A part of the SIP before the council of this seed; the bytes on chain are what `compileSip` gives. */
export function realProposal(sip: Sip, seed: number, number = 1): Base {
  const drawn = makeWorld(seed);
  const members = drawn.members.map(({ key, mask }) => ({ key: key.toBase58() as Address, mask }));
  const pins = pinsOf(drawn);
  const { parts } = compileSip(sip, { pins, members, transactionIndex: drawn.index - BigInt(number - 1) });
  const part = parts[number - 1];
  if (!part) throw new Error(`SIP-${sip.header.sip} has no part ${number}`);
  const world: World = {
    ...drawn,
    sip: sip.header.sip,
    digest: Uint8Array.from(Buffer.from(sip.digest, 'hex')),
    part: number,
    parts: parts.length,
    notAfter: sip.validUntil,
    now: (sip.validUntil - 86_400n) as UnixSeconds,
  };
  const fields = { ...transactionFields({ ...world, part: 1 }), message: messageOf(part.message) };
  return { world, fields, input: { ...honestInput(world, fields), text: textOf(sip, pins) } };
}

/** The same proposal with a text that compiles in the given way. */
export function compiledAs(base: Base, sip: Sip, way: Recompile): Base {
  const { pins } = base.input;
  const text = textOf(sip, pins);
  const texts: Readonly<Record<Recompile, SipText>> = {
    remembered: remembering(text),
    // As the product does: the division into parts is remembered by text and pins, the bytes are not.
    'compiled again': text,
    // As the first verdict of a process: a copy of the text is unknown.
    'compiled again, nothing remembered': {
      ...text,
      recompile: (...values) => textOf({ ...sip }, pins).recompile(...values),
    },
  };
  return { ...base, input: { ...base.input, text: texts[way] } };
}

function remembering(text: SipText): SipText {
  const known = new Map<string, ReturnType<SipText['recompile']>>();
  return {
    ...text,
    recompile(...values) {
      const id = values.join(' ');
      let part = known.get(id);
      if (part === undefined) {
        part = text.recompile(...values);
        known.set(id, part);
      }
      return part;
    },
  };
}
