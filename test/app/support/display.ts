import { startVirtualDisplay } from '#tools/desktop/virtual-display.mjs';
import { prepared } from './prepared.ts';

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
/** A virtual display of its own; it ends with this process. */
export async function startDisplay(size: Size = {}): Promise<Display> {
  const { account } = await prepared();
  return startVirtualDisplay(account, size);
}
