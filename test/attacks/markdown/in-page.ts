import type { Allowed } from './allowed.ts';

/** Functions that run in the window's page; each stands alone, because it is sent there as text. */

export interface Look {
  /** By the heading of its card: what is drawn that may not be, and the text that is shown. */
  readonly cards: Readonly<Record<string, { readonly problems: readonly string[]; readonly text: string }>>;
  /** What stands anywhere in the page and was not there with an honest document. */
  readonly page: readonly string[];
  /** Calls of the global that hostile scripts call. */
  readonly ran: readonly string[];
  /** What only the content security policy kept from happening. */
  readonly stopped: readonly string[];
}

interface Watched {
  readonly runs: string[];
  readonly stopped: string[];
  known: ReadonlySet<Element>;
}

/** Before the first document: the global that scripts call, and what the page consists of by itself. */
export function watch(): void {
  const watched: Watched = { runs: [], stopped: [], known: new Set() };
  const fixed = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, writable: false, configurable: false });
  fixed('ran', (mark: unknown) => watched.runs.push(String(mark)));
  fixed('watched', watched);
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    watched.stopped.push(`${violatedDirective} ${blockedURI} ${sample}`.trim()),
  );
}

/** Goes there and waits until the screen shows these cards, whole. */
export async function goTo([route, headings]: readonly [string, readonly string[]]): Promise<string> {
  globalThis.location.hash = `/${route}`;
  const whole = () => {
    const found = [...document.querySelectorAll('.card')].filter((card) => card.querySelector('.prose'));
    const names = new Set(found.map((card) => card.querySelector('h2')?.textContent));
    return headings.every((name) => names.has(name)) && document.querySelector('.prose .skeleton') === null;
  };
  for (let left = 6_000; left > 0; left -= 1) {
    if (whole()) return 'shown';
    if (document.querySelector('main') === null) return 'the page has come to an end';
    await new Promise((done) => setTimeout(done, 10));
  }
  return 'never shown';
}

/** What is drawn, against what may be. */
export function look(allowed: Allowed): Look {
  const { watched } = globalThis as unknown as { watched: Watched };
  const RUNS =
    /^(script|iframe|frame|frameset|object|embed|applet|base|meta|template|noscript|math|foreignobject|portal|fencedframe|video|audio|source|track|picture|img|image|form|link|style|dialog)$/i;
  const LOADS =
    /^(on.*|src|srcset|srcdoc|data|action|formaction|poster|background|ping|xlink:href|http-equiv|is)$/i;
  const drawnProblems = (element: Element): string[] => {
    const tag = element.localName;
    const known = Object.hasOwn(allowed, tag) ? allowed[tag] : undefined;
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || known === undefined) return [`<${tag}>`];
    if (element.shadowRoot) return [`<${tag}> with a shadow`];
    return [...element.attributes].flatMap(({ name, value }) => {
      const values = Object.hasOwn(known, name) ? known[name] : undefined;
      if (values === undefined) return [`<${tag} ${name}>`];
      if (values !== null && !values.includes(value)) return [`<${tag} ${name}="${value.slice(0, 40)}">`];
      // The only ones that a document decides are numbers.
      return values === null && !/^\d{1,9}$/.test(value) ? [`<${tag} ${name}="${value.slice(0, 40)}">`] : [];
    });
  };
  const otherNodes = (root: Element): string[] => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.TEXT_NODE)
        found.push(`a node of type ${node.nodeType}`);
    return found;
  };
  const cards: Record<string, { problems: string[]; text: string }> = {};
  for (const prose of document.querySelectorAll<HTMLElement>('.prose')) {
    const heading = prose.closest('.card')?.querySelector('h2')?.textContent ?? '';
    const problems = [...prose.querySelectorAll('*')].flatMap(drawnProblems).concat(otherNodes(prose));
    const before = cards[heading]?.problems ?? [];
    cards[heading] = { problems: [...before, ...problems], text: prose.innerText };
  }
  const page = [...document.querySelectorAll('*')].flatMap((element) => {
    if (element.closest('.prose') || watched.known.has(element)) return [];
    const tag = element.localName;
    const found = [...element.attributes].flatMap(({ name, value }) =>
      LOADS.test(name) || (name === 'href' && !value.startsWith('#/'))
        ? [`<${tag} ${name}="${value.slice(0, 60)}">`]
        : [],
    );
    // The editor's own, which holds the caret beside a widget and loads nothing.
    if (element.className === 'cm-widgetBuffer') return found;
    return RUNS.test(tag) ? [`<${tag}>`, ...found] : found;
  });
  if (globalThis.location.href.split('#')[0] !== 'app://console/index.html')
    page.push(globalThis.location.href);
  if (document.title !== 'Solayer Council') page.push(`the title ${document.title}`);
  const { runs, stopped } = watched;
  return { cards, page, ran: runs.splice(0), stopped: stopped.splice(0) };
}

/** What stands in the page now is its own: scripts, styles and what its libraries have made. */
export function take(): void {
  const { watched } = globalThis as unknown as { watched: Watched };
  watched.known = new Set(document.querySelectorAll('*'));
}

/** PLANTED DEFECT: a preview that draws a document's HTML as the browser reads it. */
export async function drawUnsafely(texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const card = document.createElement('section');
    card.className = 'card';
    const prose = document.createElement('div');
    prose.className = 'prose';
    const heading = document.createElement('h2');
    heading.textContent = 'unsafe';
    const note = document.createElement('small');
    card.append(heading, note, prose);
    document.querySelector('main')?.append(card);
    prose.innerHTML = text;
    note.innerHTML = text;
  }
  await new Promise((done) => setTimeout(done, 500));
}
