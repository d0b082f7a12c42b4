import { readdirSync, readFileSync } from 'node:fs';
import { type Attack, type Outcome, type Slice, Tally } from './attack.ts';
import { documentOf, type Hostile, marksOf, NAMES } from './markdown/documents.ts';
import { drawUnsafely, type Look } from './markdown/in-page.ts';
import { PreviewWindow, type Section } from './markdown/window.ts';

/** Documents written to run, to load or to hide something where the window shows them. */

/** Shown at once, each by a preview of its own. */
const BATCH = 40;
/** Of so many documents one is also opened in the editor. */
const IN_EDITOR = 100;

async function run({ seed, from, count, honest }: Slice): Promise<Outcome> {
  const window = await PreviewWindow.open();
  const tally = new Tally();
  try {
    for (let at = from; at < from + count; at += BATCH)
      await tryBatch(window, seed, at, Math.min(BATCH, from + count - at), tally);
    for (let at = from; at < from + honest; at += 1) tally.accept(await honestProblem(window, at));
    return tally.outcome;
  } finally {
    await window.close();
  }
}

const placed = (text: string, at: number, seed: number) => `${text} (try ${at} of seed ${seed})`;

async function tryBatch(window: PreviewWindow, seed: number, from: number, count: number, tally: Tally) {
  const documents = Array.from({ length: count }, (_, at) => documentOf(seed, from + at, window.sink.origin));
  const sections = documents.map(({ text }, at): Section => ({ name: `${from + at}`, markdown: text }));
  const drawn = await window.draw(sections);
  const around = await aroundProblem(window, drawn);
  for (const [at, { name, text }] of documents.entries()) {
    // What happened around the cards is told once, with the first of them.
    let problem = cardProblem(drawn, `${from + at}`, text) ?? (at === 0 ? around : undefined);
    if (problem === undefined && (from + at) % IN_EDITOR === 0) problem = await editorProblem(window, text);
    tally.try(name, problem && placed(problem, from + at, seed));
  }
}

async function editorProblem(window: PreviewWindow, text: string): Promise<string | undefined> {
  const drawn = await window.drawInEditor(text);
  const problem = cardProblem(drawn, 'As it is read', text) ?? (await aroundProblem(window, drawn));
  return problem && `in the editor: ${problem}`;
}

/** What a document has become. */
function cardProblem(drawn: Look | string, name: string, text: string): string | undefined {
  if (typeof drawn === 'string') return drawn;
  const card = drawn.cards[name];
  if (card === undefined) return 'not drawn';
  if (card.problems.length > 0) return `drawn with ${card.problems.slice(0, 3).join(', ')}`;
  const hidden = marksOf(text).filter((mark) => !card.text.includes(mark));
  return hidden.length > 0 ? `hides ${hidden.slice(0, 3).join(', ')}` : undefined;
}

/** What happened beyond the cards, whichever document it was. */
async function aroundProblem(window: PreviewWindow, drawn: Look | string): Promise<string | undefined> {
  const { page, session, sink } = await window.requests();
  const seen: Pick<Look, 'ran' | 'stopped' | 'page'> =
    typeof drawn === 'string' ? { ran: [], stopped: [], page: [] } : drawn;
  const told: readonly (readonly [string, readonly string[]])[] = [
    ['ran', seen.ran],
    ['arrived at the sink', sink],
    ['asked for by the page', page],
    ['asked for in main', session],
    ['stopped by the policy alone', seen.stopped],
    ['in the page', seen.page],
  ];
  const windows = window.launched.app.windows().length;
  const found: string[] = told
    .filter(([, list]) => list.length > 0)
    .map(([what, list]) => `${what}: ${list.slice(0, 3).join(', ')}`);
  if (windows !== 1) found.push(`${windows} windows`);
  return found.length > 0 ? found.join('; ') : undefined;
}

const HONEST = readdirSync('sips').filter((name) => name.endsWith('.md'));

/** Every word of a document is shown, in its order. */
async function honestProblem(window: PreviewWindow, at: number): Promise<string | undefined> {
  const file = HONEST[at % HONEST.length]!;
  const [, ...parts] = readFileSync(`sips/${file}`, 'utf8').split(/^## /m);
  const sections = parts.map((part, index): Section => ({ name: `${file} ${index}`, markdown: part }));
  const drawn = await window.draw(sections);
  const around = await aroundProblem(window, drawn);
  if (typeof drawn === 'string' || around) return `${file}: ${around ?? drawn}`;
  for (const { name, markdown } of sections) {
    const card = drawn.cards[name];
    if (card === undefined || card.problems.length > 0)
      return `${name}: ${card?.problems.join(', ') ?? 'not drawn'}`;
    const shown = wordsOf(card.text);
    let next = 0;
    for (const word of wordsOf(markdown)) {
      next = shown.indexOf(word, next) + 1;
      if (next === 0) return `${name}: ${word} is missing`;
    }
  }
  return undefined;
}

/** Numbers of a list are made by the page. */
const wordsOf = (text: string): readonly string[] =>
  text.replace(/^ *\d+[.)] /gm, '').match(/[\p{L}\p{N}]+/gu) ?? [];

/** A preview that draws HTML, with nothing behind it that would stop what it does. */
async function missedDefects(seed: number): Promise<readonly string[]> {
  const window = await PreviewWindow.open();
  try {
    const texts = Array.from(
      { length: 2 * NAMES.length },
      (_, at): Hostile => documentOf(seed, at, window.sink.origin),
    );
    await window.page.evaluate(drawUnsafely, ['<img src=x onerror="ran(1)">']).catch(() => undefined);
    const guarded = await window.look();
    const missed = guarded.stopped.length === 0 ? ['markup that the policy refuses'] : [];
    const session = await window.page.context().newCDPSession(window.page);
    await session.send('Page.setBypassCSP', { enabled: true });
    await window.launched.app.evaluate(({ session: of }) =>
      of.defaultSession.webRequest.onBeforeRequest(null),
    );
    await window.page.reload();
    await window.prepare();
    await window.page.evaluate(
      drawUnsafely,
      texts.map(({ text }) => text),
    );
    const { ran, cards, page } = await window.look();
    // For a page no name is resolved and no address either (main/security.ts): it takes Node to get to the sink.
    await window.launched.app.evaluate(async (_, url) => void (await fetch(url)), window.sink.origin);
    const requests = await window.requests();
    const expected: Readonly<Record<string, boolean>> = {
      'a script that runs': ran.length > 0,
      'an element that is not on the list': (cards.unsafe?.problems.length ?? 0) > 0,
      'an element beside the preview': page.length > 0,
      'a request that arrives': requests.sink.length > 0,
      'a request of the page': requests.page.length > 0,
      'a request in main': requests.session.length > 0,
    };
    return [...missed, ...Object.entries(expected).flatMap(([name, found]) => (found ? [] : [name]))];
  } finally {
    await window.close();
  }
}

export const markdown: Attack = {
  name: 'attack:markdown',
  what: 'Hostile documents in the real window: no script runs, nothing is asked of any network, nothing is drawn beyond the list, nothing is hidden.',
  unit: 'documents',
  full: 10_000,
  slice: 1_000,
  honestIn: (count) => Math.ceil(count / 100),
  // One window at a time: two would share the cores that draw.
  workers: 1,
  classes: NAMES,
  classesFrom: NAMES.length,
  run,
  missedDefects,
};
