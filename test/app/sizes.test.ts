import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { SCREENS, show } from './support/screens.ts';
import { screenshot } from './support/screenshot.ts';

/** Every screen at the sizes it is made for, and as those see it who need it otherwise: nothing runs out, nothing is cut off. */

let display: Display;
let launched: Launched;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  await untilReady(launched.window);
  let submitting: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    submitting = callIn(launched.window, 'sips.submit', { sip: 4 });
  });
  expect(await submitting).toMatchObject({ ok: true });
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

/** What stands beside the page, or is hidden because its box is too small, by its first words. */
const CUT_OFF = `(() => {
  const found = [];
  const words = (one) => (one.className || one.tagName) + ': ' + (one.textContent ?? '').trim().slice(0, 60);
  // A table may scroll in its own box; the screen itself never sideways.
  const reachable = (one) => {
    for (let up = one.parentElement; up; up = up.parentElement)
      if (!up.matches('.body') && ['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth + 1) found.push('the page is ' + root.scrollWidth + ' wide, the window ' + root.clientWidth);
  const body = document.querySelector('.body');
  if (body && body.scrollWidth > body.clientWidth + 1) found.push('the screen scrolls sideways: ' + body.scrollWidth);
  for (const one of document.querySelectorAll('body *')) {
    const { overflowX, textOverflow, position, clip } = getComputedStyle(one);
    if (!one.checkVisibility() || position === 'absolute' || clip !== 'auto') continue;
    const hides = overflowX === 'hidden' || overflowX === 'clip';
    if (hides && one.scrollWidth > one.clientWidth + 1 && textOverflow !== 'ellipsis' && one.tagName !== 'INPUT') found.push(words(one));
    const box = one.getBoundingClientRect();
    if (!reachable(one) && box.width > 0 && box.right > innerWidth + 1) found.push('beyond the edge: ' + words(one));
  }
  return [...new Set(found)].slice(0, 5);
})()`;

/** With forced colours backgrounds are gone: what is left of a button or a chip is its border. */
const WITHOUT_OUTLINE = `(() => {
  if (!matchMedia('(forced-colors: active)').matches) return ['the colours are not forced'];
  const controls = [...document.querySelectorAll('button, .btn, .chip, .card, select, input:not([type=radio], [type=checkbox]), textarea')];
  return controls
    .filter((one) => one.checkVisibility() && Number.parseFloat(getComputedStyle(one).borderTopWidth) === 0)
    .map((one) => (one.textContent ?? '').trim().slice(0, 40) || one.tagName);
})()`;

async function resize(width: number, height: number, zoom: number): Promise<void> {
  await launched.app.evaluate(
    ({ BrowserWindow }, [w, h, factor]) => {
      const window = BrowserWindow.getAllWindows().find((one) =>
        one.webContents.getURL().includes('index.html'),
      );
      window?.setContentSize(w, h);
      window?.webContents.setZoomFactor(factor);
    },
    [width, height, zoom] as [number, number, number],
  );
  await launched.window.waitForFunction(
    ([w]) => Math.abs(globalThis.innerWidth - (w ?? 0)) <= 1,
    [Math.round(width / zoom)],
  );
}

it.each([
  ['1024x700', 1024, 700, 1],
  ['1920x1080', 1920, 1080, 1],
  ['zoomed-400', 1280, 1024, 4],
] as const)('nothing is cut off at %s', async (name, width, height, zoom) => {
  await callIn(launched.window, 'theme.choose', { theme: 'light' });
  await resize(width, height, zoom);
  const found: string[] = [];
  for (const route of SCREENS) {
    await show(launched.window, route, 'light');
    await screenshot(launched.window, `${route.replaceAll('/', '-')}-${name}`);
    for (const one of (await launched.window.evaluate(CUT_OFF)) as string[]) found.push(`${route}: ${one}`);
  }
  await resize(1280, 860, 1);
  expect(found).toEqual([]);
});

it('with forced colours every control keeps an outline, and with reduced motion nothing moves', async () => {
  const { window } = launched;
  await window.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const found: string[] = [];
  for (const route of ['inbox', 'tx/1/effect', 'epochs', 'council', 'settings']) {
    await show(window, route, 'light');
    await screenshot(window, `${route.replaceAll('/', '-')}-forced-colours`);
    for (const one of (await window.evaluate(WITHOUT_OUTLINE)) as string[]) found.push(`${route}: ${one}`);
    expect(await window.evaluate('document.getAnimations().length')).toBe(0);
  }
  await window.emulateMedia({ forcedColors: null, reducedMotion: null });
  expect(found).toEqual([]);
});
