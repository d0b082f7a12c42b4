import type { EventEmitter } from 'node:events';
import { withoutPlaces } from '#desktop/shared/places.ts';

/**
 * What nobody caught is told as every other process's words are: without places. Left to itself, Electron shows it whole.
 * @param from the process @param tell to standard error @param show to whoever sits there, who would see nothing otherwise
 */
export function tellUncaught(
  from: EventEmitter,
  tell: (text: string) => void,
  show: (text: string) => void,
): void {
  from.on('uncaughtException', (error) => {
    tell(`Uncaught: ${toldOf(error)}\n`);
    show(toldOf(error));
  });
  from.on('unhandledRejection', (error) => tell(`Rejected, and nobody looked: ${toldOf(error)}\n`));
}

const toldOf = (error: unknown): string =>
  withoutPlaces(error instanceof Error ? (error.stack ?? error.message) : String(error));
