import { Random } from '#test/verify/world.ts';
import { seedOf } from '../attack.ts';
import { Atoms } from './atoms.ts';
import { CLASSES } from './classes.ts';

/** A hostile document: one class, often put inside another construct, next to another class, or cut and bent. */
export interface Hostile {
  readonly name: string;
  readonly text: string;
}

export const NAMES = Object.keys(CLASSES);

/** What a class may stand in. */
const AROUND: readonly ((text: string, atoms: Atoms) => string)[] = [
  (text) => text.replaceAll(/^/gm, '> '),
  (text) => `- ${text.replaceAll('\n', '\n  ')}`,
  (text) => `7) ${text.replaceAll('\n', '\n   ')}`,
  (text, atoms) => `| a | b |\n| - | - |\n| ${text.replaceAll('\n', ' ')} | ${atoms.mark()} |`,
  (text, atoms) => `[^n]\n\n[^n]: ${text.replaceAll('\n', '\n    ')}\n\n${atoms.mark()}`,
  (text) => `# ${text}`,
  (text) => `**${text}**`,
  (text) => `[${text}](https://example.com)`,
  (text) => `<div>\n\n${text}\n\n</div>`,
  (text) => `<!-- ${text} -->`,
  (text) => `\`\`${text}\`\``,
];

const place = (text: string, random: Random) => random.below(text.length + 1);
const insert = (text: string, what: string, random: Random) => {
  const at = place(text, random);
  return text.slice(0, at) + what + text.slice(at);
};
const ODD = [
  '\u0000',
  '\u200b',
  '\u202e',
  '\t',
  '\r',
  '\\',
  '<',
  '>',
  '"',
  '`',
  ']',
  ')',
  '&',
  '\n\n',
  '\ud83d',
  '&#0;',
  '|',
];

/** What becomes of a text on its way. */
const BENT: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => insert(text, random.pick(ODD), random),
  (text, random) => insert(insert(text, random.pick(ODD), random), random.pick(ODD), random),
  (text, random) => text.slice(0, place(text, random)),
  (text, random) => text.slice(place(text, random)),
  (text) => text.toUpperCase(),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('"', "'"),
  (text) => text.replaceAll('<', '&lt;'),
  (text) => text.replaceAll(/[()]/g, (char) => `\\${char}`),
  (text) => text + text,
];

/** The same for the same seed and number. @param origin of the sink */
export function documentOf(seed: number, at: number, origin: string): Hostile {
  const random = new Random(seedOf(seed, at));
  const atoms = new Atoms(random, origin, `t${at}`);
  const name = NAMES[at % NAMES.length]!;
  let text = CLASSES[name]!(atoms);
  // Every class as it is first, then changed in more and more ways.
  const changes = at < NAMES.length ? 0 : random.below(4);
  for (let one = 0; one < changes; one += 1) {
    const how = random.below(3);
    if (how === 0) text = random.pick(AROUND)(text, atoms);
    else if (how === 1) text = random.pick(BENT)(text, random);
    else text = `${text}${random.pick(['\n\n', '\n', ' ', ''])}${CLASSES[random.pick(NAMES)]!(atoms)}`;
  }
  return { name, text };
}

/** Marks of the pieces whose text was not bent on the way: those are shown whatever becomes of them. */
export const marksOf = (text: string): readonly string[] => [...new Set(text.match(/t\d+x\d+q/g) ?? [])];
