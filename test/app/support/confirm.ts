import type { Locator, Page } from 'playwright-core';
import type { Launched } from './launch.ts';

/**
 * Does what asks for a signature and answers the window that opens.
 * @param press the request; what it resolves to is of no interest here
 * @returns the text that the window showed
 */
export async function confirmed(
  { app }: Launched,
  press: () => Promise<unknown>,
  answer: RegExp = /^Sign/,
  look: (window: Page) => Promise<unknown> = async () => undefined,
): Promise<string> {
  const opening = app.waitForEvent('window');
  await press();
  return answered(await opening, answer, look);
}

/** Answers a confirm window that is open or opens next: a SIP of several transactions asks once for each. */
export async function answerNext({ app, window }: Launched, answer: RegExp = /^Sign/): Promise<string> {
  const open = app.windows().find((one) => one !== window);
  return answered(open ?? (await app.waitForEvent('window')), answer);
}

/** The window may be gone before the click has been reported as done. */
export async function pressLast(window: Page, button: Locator): Promise<void> {
  await button.click().catch((error: unknown) => {
    if (!window.isClosed()) throw error;
  });
}

async function answered(
  confirm: Page,
  answer: RegExp,
  look: (window: Page) => Promise<unknown> = async () => undefined,
): Promise<string> {
  const choice = confirm.getByRole('button', { name: answer });
  await choice.waitFor();
  const shown = (await confirm.textContent('body')) ?? '';
  await look(confirm);
  await Promise.all([confirm.waitForEvent('close'), pressLast(confirm, choice)]);
  return shown;
}
