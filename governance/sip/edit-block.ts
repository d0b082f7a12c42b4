import { actionOf } from '../actions/registry.ts';
import { renderTime } from '../times.ts';
import { ACTIONS_FENCE } from './actions-block.ts';
import { Findings } from './findings.ts';
import { renderYaml } from './render-yaml.ts';
import { readYaml, type YamlValue } from './yaml-value.ts';

/**
 * The actions block of a text that is being written: read and replaced alone, whatever the rest of the text is like.
 * A form edits it while somebody else, or the same person, edits the text.
 */
export interface EditedAction {
  readonly kind: string;
  /** As the form has them, not checked. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface EditedBlock {
  /** As it stands in the text. */
  readonly validUntil: string;
  readonly actions: readonly EditedAction[];
}

export interface FieldProblem {
  /** `cap`, or `caps.0.mint` for the first of a list. */
  readonly path: string;
  readonly message: string;
}

/** Null where there is no block, or none that can be read as one. */
export function readBlock(text: string): EditedBlock | null {
  const lines = text.split('\n');
  const place = placeOf(lines);
  if (place === null) return null;
  const inside = lines.slice(place.open + 1, place.close).map((line) => line.replace(/\r$/, ''));
  const reading = readYaml(inside, place.open + 2, new Findings('text'));
  if (!isMapping(reading?.value)) return null;
  const { 'valid-until': validUntil, actions } = reading.value;
  if (typeof validUntil !== 'string' || !Array.isArray(actions)) return null;
  const read = (actions as readonly YamlValue[]).map((action) => {
    if (!isMapping(action) || typeof action.action !== 'string') return null;
    const { action: kind, ...values } = action;
    return { kind, values };
  });
  return read.every((one) => one !== null) ? { validUntil, actions: read } : null;
}

/**
 * The text with that block instead of its own; every byte outside stays. Null where there is no block to replace.
 * @throws TypeError on a value that a block cannot hold: text beyond printable ASCII, for instance
 */
export function replaceBlock(text: string, { validUntil, actions }: EditedBlock): string | null {
  const lines = text.split('\n');
  const place = placeOf(lines);
  if (place === null) return null;
  const yaml = renderYaml({
    'valid-until': validUntil,
    actions: actions.map(({ kind, values }) => ({ action: kind, ...values })),
  });
  const end = lines[place.open]?.endsWith('\r') ? '\r' : '';
  const block = yaml
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${line}${end}`);
  return [...lines.slice(0, place.open + 1), ...block, ...lines.slice(place.close)].join('\n');
}

/** What the action's own rules say of the values, for each field; empty where they all fit. */
export function checkValues({ kind, values }: EditedAction): readonly FieldProblem[] {
  const module = actionOf(kind);
  if (module === undefined) return [{ path: '', message: `"${kind}" is no action` }];
  const parsed = module.schema.safeParse(values);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
}

/** `2027-01-20T00:00:00Z` */
export const validUntilText = (seconds: bigint): string => renderTime(seconds);

function placeOf(lines: readonly string[]): { readonly open: number; readonly close: number } | null {
  const open = lines.findIndex((line) => line.replace(/\r$/, '') === ACTIONS_FENCE);
  if (open < 0) return null;
  const close = lines.findIndex((line, at) => at > open && /^ {0,3}`{3,}\r?$/.test(line));
  return close < 0 ? null : { open, close };
}

const isMapping = (value: unknown): value is Readonly<Record<string, YamlValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
