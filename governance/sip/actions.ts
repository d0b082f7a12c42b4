import { DAY_SECONDS, parseTime, renderTime } from '../times.ts';
import type { UnixSeconds } from '../types.ts';
import type { ActionCatalog } from './catalog.ts';
import { MAX_VALID_DAYS, type ParsedAction } from './document.ts';
import { type Findings, nearest, type Place, quote } from './findings.ts';
import { explainIssue } from './issues.ts';
import { readYaml, type YamlReading, type YamlValue } from './yaml-value.ts';

export interface ActionsReading {
  readonly validUntil: UnixSeconds;
  readonly actions: readonly ParsedAction[];
  readonly times: YamlReading['times'];
}

/** More could never be announced by the program's u8 counters over u8 parts of at least one. */
const MAX_ACTIONS = 255;

/**
 * Reads the lines of an actions block. `firstLine` is the line of the file below the fence; `updated` the start of the
 * day in the header, where that could be read. Undefined after an error.
 */
export function readActions(
  lines: readonly string[],
  firstLine: number,
  updated: UnixSeconds | undefined,
  catalog: ActionCatalog,
  findings: Findings,
): ActionsReading | undefined {
  const before = findings.errors;
  const yaml = readYaml(lines, firstLine, findings);
  if (yaml === undefined) return undefined;
  const top = yaml.value;
  if (!isMapping(top)) {
    findings.error(
      yaml.place([]),
      'actions-shape',
      'The actions block holds "valid-until:" and "actions:".',
      'Copy the block of sips/template.md and change its values.',
    );
    return undefined;
  }
  for (const key of Object.keys(top)) {
    if (key === 'valid-until' || key === 'actions') continue;
    const meant = nearest(key, ['valid-until', 'actions']);
    findings.error(
      yaml.place([key], 'key'),
      'actions-key-unknown',
      `The actions block has no key "${key}".`,
      meant === undefined ? 'It holds "valid-until:" and "actions:" only.' : `Did you mean "${meant}:"?`,
    );
  }
  const validUntil = readValidUntil(top['valid-until'], yaml, updated, findings);
  const actions = readList(top.actions, yaml, catalog, findings);
  if (findings.errors > before || validUntil === undefined) return undefined;
  return { validUntil, actions, times: yaml.times };
}

function readValidUntil(
  value: YamlValue | undefined,
  yaml: YamlReading,
  updated: UnixSeconds | undefined,
  findings: Findings,
): UnixSeconds | undefined {
  const place = yaml.place(['valid-until']);
  const latest = updated === undefined ? undefined : updated + BigInt(MAX_VALID_DAYS) * DAY_SECONDS;
  const example = latest === undefined ? '2026-12-15T00:00:00Z' : renderTime(latest);
  if (value === undefined) {
    findings.error(
      place,
      'valid-until-missing',
      'The actions block has no "valid-until:".',
      `Say until when the SIP may be executed, at most ${MAX_VALID_DAYS} days after Updated: "valid-until: ${example}".`,
    );
    return undefined;
  }
  const seconds = typeof value === 'string' ? parseTime(value) : undefined;
  if (seconds === undefined) {
    findings.error(
      place,
      'valid-until-invalid',
      'This is no moment in the form YYYY-MM-DDTHH:MM:SSZ.',
      `Write it in UTC with the Z, for example ${example}.`,
    );
    return undefined;
  }
  if (updated !== undefined && latest !== undefined && (seconds > latest || seconds <= updated)) {
    const late = seconds > latest;
    findings.error(
      place,
      late ? 'valid-until-late' : 'valid-until-early',
      late
        ? `The SIP would stay executable for more than ${MAX_VALID_DAYS} days after Updated.`
        : 'The SIP would have expired before the day in Updated began.',
      `Choose a moment after ${renderTime(updated)} and not after ${renderTime(latest)}.`,
    );
  }
  return seconds;
}

function readList(
  value: YamlValue | undefined,
  yaml: YamlReading,
  catalog: ActionCatalog,
  findings: Findings,
): readonly ParsedAction[] {
  if (!isList(value) || value.length === 0) {
    findings.error(
      yaml.place(['actions'], 'key'),
      'actions-empty',
      value === undefined ? 'The block has no "actions:".' : '"actions:" is a list with at least one action.',
      'Write each action as "  - action: <kind>" with its fields below.',
    );
    return [];
  }
  if (value.length > MAX_ACTIONS) {
    findings.error(
      yaml.place(['actions', MAX_ACTIONS]),
      'actions-too-many',
      `There are ${value.length} actions; a SIP has at most ${MAX_ACTIONS}.`,
      'Split the proposal into several SIPs.',
    );
    return [];
  }
  const seen = new Map<string, number>();
  return value.flatMap((item, i) => {
    const path = ['actions', i];
    if (!isMapping(item)) {
      findings.error(
        yaml.place(path),
        'action-shape',
        'An action is a mapping of fields.',
        'Write "- action: <kind>", and its fields below, indented by two more blanks.',
      );
      return [];
    }
    const place = yaml.place(path);
    const text = JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
    const earlier = seen.get(text);
    if (earlier !== undefined) {
      findings.error(
        place,
        'action-repeated',
        `This action is the same as action ${earlier}.`,
        'Remove one of them, or change what should differ.',
      );
      return [];
    }
    seen.set(text, i + 1);
    return readAction(item, path, place, yaml, catalog, findings);
  });
}

function readAction(
  item: { readonly [key: string]: YamlValue },
  path: readonly PropertyKey[],
  place: Place,
  yaml: YamlReading,
  catalog: ActionCatalog,
  findings: Findings,
): readonly ParsedAction[] {
  const { action: kind, ...fields } = item;
  if (typeof kind !== 'string') {
    findings.error(
      kind === undefined ? place : yaml.place([...path, 'action']),
      'action-kind-missing',
      'This action does not say what it does.',
      `Write "action:" with one of ${catalog.kinds.join(', ')}.`,
    );
    return [];
  }
  const entry = catalog.entry(kind);
  if (entry === undefined) {
    const meant = nearest(kind, catalog.kinds);
    findings.error(
      yaml.place([...path, 'action']),
      'action-unknown',
      `There is no action ${quote(kind)}.`,
      meant === undefined ? `The actions are ${catalog.kinds.join(', ')}.` : `Did you mean "${meant}"?`,
    );
    return [];
  }
  const result = entry.schema.safeParse(fields);
  if (result.success) return [{ kind, params: result.data, line: place.line }];
  for (const issue of result.error.issues) {
    for (const { path: at, of, code, message, help } of explainIssue(issue, entry, fields)) {
      findings.error(yaml.place([...path, ...at], of), code, message, help);
    }
  }
  return [];
}

function isMapping(value: YamlValue | undefined): value is { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && !Array.isArray(value);
}

function isList(value: YamlValue | undefined): value is readonly YamlValue[] {
  return Array.isArray(value);
}
