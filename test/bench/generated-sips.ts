import bs58 from 'bs58';
import type { Field } from '#governance/actions/field.ts';
import { ACTIONS } from '#governance/actions/registry.ts';
import {
  CATEGORIES,
  newSip,
  SECTION_NAMES,
  SECURITY_QUESTIONS,
  type SectionName,
  type SipFile,
  sipFileName,
  TYPES,
} from '#governance/sip/index.ts';
import { Random } from './random.ts';

/** Valid SIPs of the size and the kind of Markdown that those in sips/ have; every seed makes another folder. */

/** Least bytes of prose by section, divided as the SIPs in sips/ divide theirs; the last paragraph goes beyond. */
const PROSE: Readonly<Record<SectionName, number>> = {
  'Simple Summary': 150,
  Abstract: 750,
  Motivation: 850,
  Specification: 1_200,
  'Test Cases': 850,
  Implementation: 700,
  'Security Considerations': 1_500,
  References: 350,
};
const WORDS =
  `a account active after all amount an and any approval asset at before below between bytes by cap chain change
clock closes council decides deposit depositor digest each epoch every executed for from governance guard guardian holds
if in index instruction is it key later limit list made member mint month more must never no not of one only opens
operator or other over pool price program proposal protocol rate reads receipt refuses removes rent review risk rule
says second sets signature since slot stake state store sum text than that the their then there threshold time to
token total transaction until value vault vote what when where which while window with withdrawal would year`
    .split(/\s+/)
    .filter((word) => word !== '');
const LINE = 118;

/** `count` files numbered from 2 on. */
export function generatedSips(count: number, seed: number): readonly SipFile[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => generatedSip(random, i + 2));
}

function generatedSip(random: Random, sip: number): SipFile {
  const title = `${capital(words(random, random.between(3, 7)))} ${sip}`;
  const day = Date.UTC(2026, 0, 1) / 1000 + random.between(0, 300) * 86_400;
  const length = random.between(90, 115) / 100;
  const text = newSip({
    sip,
    title,
    authors: `Ada Example (@ada${random.between(1, 99)}), Example Labs`,
    status: 'Review',
    type: random.pick(TYPES),
    category: random.pick(CATEGORIES),
    created: dayText(day),
    updated: dayText(day + random.between(0, 9) * 86_400),
    validUntil: BigInt(day + random.between(10, 80) * 86_400),
    actions: actions(random),
    sections: Object.fromEntries(
      SECTION_NAMES.map((name) => [name, section(random, name, PROSE[name] * length)]),
    ),
  });
  return { file: sipFileName(sip, title), bytes: new TextEncoder().encode(text) };
}

/** As many as fit a SIP of this size, of all kinds there are, none twice. */
function actions(random: Random) {
  const drawn = Array.from({ length: random.between(1, 6) }, () => {
    const module = random.pick(ACTIONS);
    return { kind: module.kind, params: varied(module.example as object, module.fields, random) };
  });
  return [...new Map(drawn.map((action) => [JSON.stringify(action), action])).values()];
}

/** The example with other addresses and amounts; the rest of it may hang together, and stays. */
function varied(example: object, fields: readonly Field[], random: Random): object {
  const other = (key: string, value: unknown): unknown => {
    const field = fields.find(({ name }) => name === key);
    if (field?.kind === 'address' && value !== 'none') return bs58.encode(random.bytes(32));
    if (field?.kind === 'amount' && value !== 'unlimited') return String(random.between(1, 999_999));
    if (field?.kind === 'list') return (value as object[]).map((item) => varied(item, field.of, random));
    return value;
  };
  return Object.fromEntries(Object.entries(example).map(([key, value]) => [key, other(key, value)]));
}

function section(random: Random, name: SectionName, length: number): string {
  if (name === 'Security Considerations')
    return SECURITY_QUESTIONS.map((question) => `### ${question}\n\n${prose(random, length / 3)}`).join(
      '\n\n',
    );
  if (name === 'Specification') return `${table(random)}\n\n### The figures\n\n${prose(random, length)}`;
  if (name === 'Test Cases') return `${prose(random, length / 3)}\n\n${list(random, (length * 2) / 3, '1.')}`;
  if (name === 'References') return list(random, length, '*');
  return prose(random, length);
}

function prose(random: Random, length: number): string {
  let text = '';
  while (text.length < length)
    text += `${text === '' ? '' : '\n\n'}${paragraph(random, random.between(2, 4))}`;
  return text;
}

function list(random: Random, length: number, marker: string): string {
  const pad = ' '.repeat(marker.length + 1);
  let text = '';
  while (text.length < length)
    text += `${marker} ${paragraph(random, random.between(1, 2), pad.length).replaceAll('\n', `\n${pad}`)}\n`;
  return text.trimEnd();
}

function table(random: Random): string {
  const rows = Array.from({ length: random.between(3, 7) }, () => [
    words(random, 2),
    random.between(1, 99_999).toLocaleString('en-US'),
    words(random, random.between(2, 5)),
  ]);
  return [['Term', 'Value', 'Source'], ['---', '---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** Sentences in lines of at most LINE characters. */
function paragraph(random: Random, sentences: number, indent = 0): string {
  const all = Array.from(
    { length: sentences },
    () => `${capital(words(random, random.between(9, 24), true))}.`,
  );
  const lines: string[] = [];
  let line = '';
  for (const word of all.join(' ').split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > LINE) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** With marks: now and then code, an emphasis, a figure or a link in place of a word, as in real prose. */
function words(random: Random, count: number, marks = false): string {
  const word = (at: number) => {
    const plain = random.pick(WORDS);
    // A sentence begins with a letter, and a line with a figure and a full stop would be a list.
    if (!marks || at === 0 || at === count - 1) return plain;
    const lot = random.between(0, 79);
    if (lot === 0) return `**${plain}**`;
    if (lot === 1) return `[${plain}](https://example.org/${plain}/${random.between(1, 999)})`;
    if (lot <= 4) return `\`${plain}\``;
    if (lot <= 7) return random.between(1, 99_999).toLocaleString('en-US');
    return plain;
  };
  return Array.from({ length: count }, (_, at) => word(at)).join(' ');
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const dayText = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
