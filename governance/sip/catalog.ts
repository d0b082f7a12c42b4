import type { z } from 'zod';
import type { Field } from '../actions/field.ts';

/** What the parser needs of an action: its module, or a double in tests. */
export interface ActionEntry {
  readonly kind: string;
  readonly schema: z.ZodType;
  readonly fields: readonly Field[];
}

/** What the parser needs of the registry of actions. */
export interface ActionCatalog {
  readonly kinds: readonly string[];
  entry(kind: string): ActionEntry | undefined;
}

export function catalogOf(entries: readonly ActionEntry[]): ActionCatalog {
  const byKind = new Map(entries.map((entry) => [entry.kind, entry]));
  return { kinds: [...byKind.keys()], entry: (kind) => byKind.get(kind) };
}
