import { structuredPatch } from 'diff';
import type { Hunk } from '#desktop/shared/views/index.ts';

const KINDS = { ' ': 'same', '+': 'added', '-': 'removed' } as const;
const CONTEXT_LINES = 3;

/** What differs line by line, with a few lines around. */
export function diffOf(before: string, after: string): Hunk[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT_LINES });
  return hunks.map(({ newStart, lines }) => ({
    line: newStart,
    lines: lines.flatMap((line) => {
      const kind = KINDS[line.charAt(0) as keyof typeof KINDS];
      return kind ? [{ kind, text: line.slice(1) }] : [];
    }),
  }));
}
