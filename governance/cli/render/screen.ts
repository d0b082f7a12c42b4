import type { Context } from '../context.ts';

/** Width to write for: the terminal's, or 100 where nobody looks; longer lines are hard to read. */
export const columnsOf = ({ io }: Pick<Context, 'io'>): number =>
  Math.max(60, Math.min(io.stdout.columns ?? 100, 120));

export const wantsJson = ({ settings }: Pick<Context, 'settings'>): boolean =>
  settings.output?.value === 'json';

/** A line beside the result, for people only. */
export function tell(context: Pick<Context, 'settings' | 'warn'>, text: string): void {
  if (!wantsJson(context)) context.warn(text);
}
