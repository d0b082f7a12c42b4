import type { z } from 'zod';
import type { Field } from '../actions/field.ts';
import type { ActionEntry } from './catalog.ts';
import { nearest, quote } from './findings.ts';
import { remedyFor } from './remedies.ts';
import type { YamlValue } from './yaml-value.ts';

/** A zod issue as a finding in the words of a SIP's author. */
export interface Explained {
  /** Path below the action. */
  readonly path: readonly PropertyKey[];
  /** What to point at. */
  readonly of: 'key' | 'value';
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

/**
 * Explains one issue of an action's schema. The schema says in its message what is wrong with a value; code and remedy
 * follow from the form field of that name, so a new action needs neither. A custom issue may bring its own in
 * `params: { code, help }`.
 */
export function explainIssue(
  issue: z.core.$ZodIssue,
  entry: ActionEntry,
  fields: YamlValue,
): readonly Explained[] {
  const { path } = issue;
  const { kind } = entry;
  const field = fieldAt(entry.fields, path);
  const name = path.length === 0 ? kind : `${pathText(path)} of ${kind}`;
  const found = valueAt(fields, path);
  if (issue.code === 'unrecognized_keys') {
    const known = (path.length === 0 ? entry.fields : listOf(field)).map((one) => one.name);
    return issue.keys.map((key) => unknownField([...path, key], name, key, known));
  }
  if (found === undefined && path.length > 0) return [missingField(path, name, field)];
  if (issue.code === 'invalid_union' && isDefault(issue.message)) {
    // The branch that came closest tells the author most.
    const [best] = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length);
    const inner = (best ?? []).flatMap((one) =>
      explainIssue({ ...one, path: [...path, ...one.path] }, entry, fields),
    );
    if (inner.length > 0) return inner;
  }
  const own = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const remedy = remedyFor(field, found);
  const reason = isDefault(issue.message) ? defaultReason(issue) : issue.message.replace(/\.$/, '');
  return [
    {
      path,
      of: 'value',
      code: typeof own.code === 'string' ? own.code : remedy.code,
      message: `${name} cannot be ${shown(found)}: ${reason}.`,
      help: typeof own.help === 'string' ? own.help : remedy.help,
    },
  ];
}

function unknownField(
  path: readonly PropertyKey[],
  name: string,
  key: string,
  known: readonly string[],
): Explained {
  const meant = nearest(key, known);
  const help =
    meant !== undefined
      ? `Did you mean "${meant}:"?`
      : known.length > 0
        ? `Its fields are ${known.join(', ')}.`
        : 'It has no fields: remove this line.';
  return { path, of: 'key', code: 'field-unknown', message: `${name} has no field "${key}".`, help };
}

function missingField(path: readonly PropertyKey[], name: string, field: Field | undefined): Explained {
  return {
    path: path.slice(0, -1),
    of: 'value',
    code: 'field-missing',
    message: `${name} is missing.`,
    help: `Add a line "${String(path.at(-1))}:"${field === undefined ? '' : `. ${field.help}`}`,
  };
}

/** Whether zod wrote the message, not the schema's author. */
function isDefault(message: string): boolean {
  return /^(?:Invalid|Too (?:big|small)|Unrecognized)\b/.test(message);
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of fields',
};

function defaultReason(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `it is ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `it is ${issue.values.join(' or ')}`;
    case 'too_small':
      return `it is at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `it is at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    default:
      return 'its form is not the one this field has';
  }
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

/** The form field a path ends at; list indexes lead into the fields of the list's entries. */
function fieldAt(fields: readonly Field[], path: readonly PropertyKey[]): Field | undefined {
  let level = fields;
  let field: Field | undefined;
  for (const step of path) {
    if (typeof step === 'number') continue;
    field = level.find((one) => one.name === step);
    level = listOf(field);
  }
  return field;
}

function listOf(field: Field | undefined): readonly Field[] {
  return field?.kind === 'list' ? field.of : [];
}

/** `caps[0].cap` */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${String(step)}`))
    .join('');
}

function shown(value: YamlValue | undefined): string {
  if (value === undefined) return 'left out';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'this list';
  if (typeof value === 'object') return 'what is written';
  return typeof value === 'string' ? quote(value) : String(value);
}

function valueAt(value: YamlValue, path: readonly PropertyKey[]): YamlValue | undefined {
  let at: unknown = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[step];
  }
  return at as YamlValue | undefined;
}
