import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** $SIP_SCREENSHOTS, or a folder that git does not see. */
const folder = () => process.env.SIP_SCREENSHOTS ?? 'build/screenshots';

/** Writes NAME.png of the window's content and says where. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(folder(), { recursive: true });
  const path = join(folder(), `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  return path;
}
