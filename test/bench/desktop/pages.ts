/** What is measured inside the window's page. Each text is one expression that answers with numbers. */

const TOOLS = `
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

/** Asks as the window does, and looks for the inbox's first row at each frame: unix milliseconds. */
export const LIVE = `(async () => {${TOOLS}
  let readyAt = 0;
  for (;;) {
    if (readyAt === 0) {
      const state = await council.call('state.read', {});
      if (state.ok && state.value.phase === 'ready') readyAt = performance.timeOrigin + performance.now();
    }
    if (readyAt > 0 && document.querySelector('.row')) return { readyAt, rowsAt: performance.timeOrigin + performance.now() };
    await frame();
  }
})()`;

/** Clicks through the screens; milliseconds from each click to the frame after its screen stands there. */
export const CLICKS = `(async () => {${TOOLS}
  const times = [];
  for (let round = 0; round < 6; round += 1)
    for (const link of document.querySelectorAll('a.nav')) {
      const before = performance.now();
      link.click();
      while (!link.matches('[aria-current="page"]')) await frame();
      await frame();
      times.push(performance.now() - before);
      await wait(50);
    }
  return times;
})()`;

/**
 * The list of proposals: until it is there at first, then from another screen (what was read before is shown at once),
 * and each frame while it is scrolled: two rows at a time from the newest, then from end to end, where rows are read once
 * it rests.
 */
export const LIST = `(async () => {${TOOLS}
  const go = (to) => { location.hash = '#/' + to; };
  const rows = async () => { while (!document.querySelector('.proposal-row')) await frame(); await frame(); };
  const since = performance.now();
  go('proposals');
  await rows();
  const firstMs = performance.now() - since;
  const openMs = [];
  for (let round = 0; round < 9; round += 1) {
    go('settings');
    while (document.querySelector('.proposal-row')) await frame();
    await wait(100);
    const before = performance.now();
    go('proposals');
    await rows();
    openMs.push(performance.now() - before);
  }
  const list = document.querySelector('.window-list');
  const frames = [];
  let last = await frame();
  const STEPS = 300;
  const scroll = async (placeOf) => {
    for (let step = 1; step <= STEPS; step += 1) {
      list.scrollTop = placeOf(step);
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
  };
  await scroll((step) => 104 * step);
  await scroll((step) => ((list.scrollHeight - list.clientHeight) * step) / STEPS);
  const rested = performance.now();
  await rows();
  return { firstMs, openMs, frames, restMs: performance.now() - rested };
})()`;

/** First contentful paint: unix milliseconds. */
export const PAINTED = `new Promise((resolve) => {
  const told = (entry) => resolve(performance.timeOrigin + entry.startTime);
  const [before] = performance.getEntriesByName('first-contentful-paint');
  if (before) told(before);
  else new PerformanceObserver((list, observer) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry) { observer.disconnect(); told(entry); }
  }).observe({ type: 'paint', buffered: true });
})`;

/** When the inbox of last time was painted: unix milliseconds. Its heading is the largest text there has been. */
export const SEEN_PAINTED = `new Promise((resolve) => {
  new PerformanceObserver((list, observer) => {
    for (const entry of list.getEntries())
      if (entry.element?.closest('.screen')) {
        observer.disconnect();
        resolve(performance.timeOrigin + entry.startTime);
        return;
      }
  }).observe({ type: 'largest-contentful-paint', buffered: true });
})`;
