import { resolve } from 'node:path';
import { type Account, prepared } from './prepared.ts';

export interface Display {
  /** As in $DISPLAY. */
  readonly name: string;
  /** As in $XAUTHORITY: readable by the user who runs the app. */
  readonly authority: string;
  stop(): Promise<void>;
}

interface Size {
  readonly width?: number;
  readonly height?: number;
}
const { startVirtualDisplay } = (await import(
  resolve(import.meta.dirname, '../../../tools/desktop/virtual-display.mjs')
)) as { startVirtualDisplay(account: Account | undefined, size: Size): Promise<Display> };

/** A virtual display of its own; it ends with this process. */
export async function startDisplay(size: Size = {}): Promise<Display> {
  const { account } = await prepared();
  return startVirtualDisplay(account, size);
}
