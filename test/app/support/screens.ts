import type { Page } from 'playwright-core';

/** Every screen by its route; those of a transaction need that transaction 1 exists. */
export const SCREENS = [
  'inbox',
  'sips',
  'sip/8',
  'edit/new',
  'edit/8',
  'proposals',
  'tx/1/text',
  'tx/1/effect',
  'tx/1/transaction',
  'tx/1/simulation',
  'tx/1/votes',
  'tx/1/history',
  'epochs',
  'registry',
  'council',
  'activity',
  'settings',
  'about',
] as const;

/** Goes there and waits until nothing is being loaded any more. */
export async function show(page: Page, route: string, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((to) => {
    globalThis.location.hash = `/${to}`;
  }, route);
  await page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' });
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' });
}
