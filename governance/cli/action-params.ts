import type { AnyActionModule } from '#governance/actions/action.ts';
import type { Field } from '#governance/actions/field.ts';
import { SipError } from '#governance/errors.ts';
import type { Ask } from './ask.ts';

/** Parameters of an action, from `--set name=value` or from questions; the action's own form says what they are. */

type Values = Record<string, unknown>;

/**
 * @param path `mint`, or `caps.2.cap` for the second of a list (counted from 1)
 * @throws SipError USAGE naming what there is
 */
export function setParam(module: AnyActionModule, values: Values, path: string, text: string): void {
  const segments = path.split('.');
  let fields = module.fields;
  let target = values;
  for (;;) {
    const name = segments.shift() ?? '';
    const field = fields.find((candidate) => candidate.name === name);
    if (field === undefined) {
      const names = fields.map((candidate) => candidate.name).join(', ');
      throw new SipError('USAGE', {
        detail: `${module.kind} has no "${name}": it has ${names || 'nothing to set'}`,
      });
    }
    if (field.kind !== 'list') {
      if (segments.length > 0)
        throw new SipError('USAGE', { detail: `"${name}" of ${module.kind} is no list` });
      target[name] = readValue(field, text, `${module.kind} ${path}`);
      return;
    }
    if (segments.length === 0 && text === '') {
      target[name] = [];
      return;
    }
    const at = Number(segments.shift());
    if (!Number.isInteger(at) || at < 1 || at > 100 || segments.length === 0)
      throw new SipError('USAGE', {
        detail: `"${path}" names nothing in a list: write ${name}.1.${field.of[0]?.name ?? ''}`,
      });
    const list = (target[name] ?? []) as Values[];
    target[name] = list;
    while (list.length < at) list.push({});
    target = list[at - 1] as Values;
    fields = field.of;
  }
}

function readValue(field: Field, text: string, where: string): unknown {
  if (field.kind === 'whole') {
    if (!/^\d{1,15}$/.test(text))
      throw new SipError('USAGE', { detail: `${where} "${text}" is no whole number` });
    return Number(text);
  }
  if (field.kind === 'flag') {
    if (text !== 'true' && text !== 'false')
      throw new SipError('USAGE', { detail: `${where} "${text}" is neither true nor false` });
    return text === 'true';
  }
  return text;
}

/** What the schema makes of the values. @throws SipError USAGE naming the first fault */
export function checkParams(module: AnyActionModule, values: Values): unknown {
  const parsed = module.schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unusable' };
  const lacking = lackingIn(module.fields, values);
  const first = path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.');
  const detail =
    lacking.length > 0
      ? `${module.kind} lacks ${lacking.join(', ')}`
      : `${module.kind}${first ? ` ${first}` : ''}: ${message}`;
  throw new SipError('USAGE', { detail });
}

const lackingIn = (fields: readonly Field[], values: Values): readonly string[] =>
  fields.filter(({ name, optional }) => !optional && values[name] === undefined).map(({ name }) => name);

/** Asks for what is not there yet, until the schema is content with it. */
export async function askParams(
  ask: Ask,
  module: AnyActionModule,
  values: Values,
  say: (text: string) => void,
): Promise<void> {
  if (module.schema.safeParse(values).success) return;
  say(`${module.title}: ${module.summary}`);
  await askFields(ask, module, module.fields, values, module.example as Values, say);
}

async function askFields(
  ask: Ask,
  module: AnyActionModule,
  fields: readonly Field[],
  values: Values,
  example: Values,
  say: (text: string) => void,
): Promise<void> {
  for (const field of fields) {
    if (values[field.name] !== undefined) continue;
    if (field.kind === 'list') {
      const list: Values[] = [];
      const samples = (example[field.name] ?? []) as Values[];
      while (
        await yes(ask, `${field.label} (${field.help}): add ${list.length === 0 ? 'one' : 'another'}? [y/n]`)
      ) {
        const item: Values = {};
        await askFields(ask, module, field.of, item, samples[list.length] ?? samples[0] ?? {}, say);
        list.push(item);
      }
      values[field.name] = list;
      continue;
    }
    for (;;) {
      const text = await ask.line(`${field.label} – ${field.help} ${hintOf(field, example[field.name])}`);
      if (text === '' && field.optional) break;
      try {
        if (text === '') throw new SipError('USAGE', { detail: 'an answer is needed' });
        values[field.name] = readValue(field, text, field.name);
        if (field.kind === 'flag' && values[field.name] === false) delete values[field.name];
        break;
      } catch (error) {
        if (!(error instanceof SipError)) throw error;
        say(error.message);
      }
    }
  }
}

function hintOf(field: Field, example: unknown): string {
  const what =
    field.kind === 'choice'
      ? field.choices.join(' | ')
      : field.kind === 'flag'
        ? 'true | false'
        : example === undefined
          ? ''
          : `for instance ${String(example)}`;
  return `[${[what, ...(field.optional ? ['may be empty'] : [])].filter(Boolean).join(', ')}]:`;
}

async function yes(ask: Ask, question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await ask.line(question));
}
