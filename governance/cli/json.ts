/** The encodings of every JSON document the command line prints. */

/** A count or an index as a number: they never come near 2^53. */
export function count(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`${value} is no count`);
  return Number(value);
}

/** One line. bigint → decimal string, bytes → padded base64, undefined left out. */
export function renderJson(value: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(plain({ schemaVersion: 1, ...value }))}\n`;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON();
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
