/**
 * YAML for the actions block, in the one form that the parser reads back unchanged: two blanks of indentation, scalars
 * on one line, quotes where a reader could see another type.
 */
export function renderYaml(value: Readonly<Record<string, unknown>>): string {
  return `${mapping(value, 0).join('\n')}\n`;
}

function mapping(value: Readonly<Record<string, unknown>>, depth: number): string[] {
  const pad = '  '.repeat(depth);
  return Object.entries(value).flatMap(([key, inner]) => {
    if (inner === undefined) return [];
    if (Array.isArray(inner)) {
      return inner.length === 0 ? [`${pad}${key}: []`] : [`${pad}${key}:`, ...list(inner, depth + 1)];
    }
    if (isRecord(inner)) return [`${pad}${key}:`, ...mapping(inner, depth + 1)];
    return [`${pad}${key}: ${scalar(inner)}`];
  });
}

function list(values: readonly unknown[], depth: number): string[] {
  const pad = '  '.repeat(depth);
  return values.flatMap((value) => {
    if (!isRecord(value)) return [`${pad}- ${scalar(value)}`];
    const [first = '{}', ...rest] = mapping(value, depth + 1);
    return [`${pad}- ${first.trimStart()}`, ...rest];
  });
}

/** Text that no YAML reader takes for anything but text: words, addresses, times. */
const PLAIN =
  /^(?:[A-Za-z][A-Za-z0-9-]*(?: [A-Za-z0-9-]+)*|(?=[0-9]*[A-DF-Za-df-z])[1-9A-HJ-NP-Za-km-z]{32,44}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/;
const WORDS = /^(?:true|false|null)$/i;

/** @throws TypeError on a value that an actions block cannot hold */
function scalar(value: unknown): string {
  if (
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
  ) {
    return String(value);
  }
  if (typeof value !== 'string' || !/^[\x20-\x7e]*$/.test(value)) {
    throw new TypeError(`an actions block cannot hold ${String(value)}`);
  }
  if (PLAIN.test(value) && !WORDS.test(value)) return value;
  return /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
