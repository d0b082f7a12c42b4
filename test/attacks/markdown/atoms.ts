import type { Random } from '#test/verify/world.ts';

/** The smallest hostile pieces; each carries a mark of its own, so that it can be told which of them got through. */

export class Atoms {
  readonly random: Random;
  readonly #origin: string;
  readonly #id: string;
  #count = 0;

  /** @param origin of the sink @param id of the document */
  constructor(random: Random, origin: string, id: string) {
    this.random = random;
    this.#origin = origin;
    this.#id = id;
  }

  mark(): string {
    this.#count += 1;
    return `${this.#id}x${this.#count}q`;
  }

  /** A call of the page's global that counts scripts. */
  run(): string {
    const mark = this.mark();
    return this.random.pick([
      `ran('${mark}')`,
      `ran(\`${mark}\`)`,
      `window['ran']('${mark}')`,
      `top.ran('${mark}')`,
      `setTimeout(()=>ran('${mark}'))`,
      `fetch('${this.#origin}/${mark}')`,
    ]);
  }

  /** An address at the sink. */
  url(): string {
    const path = `/${this.mark()}`;
    const bare = this.#origin.replace('http:', '');
    return this.random.pick([
      `${this.#origin}${path}`,
      `${bare}${path}`,
      `HTTP:${bare}${path}.png`,
      `http:\\\\${bare.slice(2)}${path}`,
    ]);
  }

  /** An address that would run a script where it is followed or loaded. */
  running(): string {
    const run = this.run();
    return this.random.pick([
      `javascript:${run}`,
      `JaVaScRiPt:${run}`,
      `vbscript:${run}`,
      `data:text/html,<script>${run}</script>`,
      `data:text/html;base64,${Buffer.from(`<script>${run}</script>`).toString('base64')}`,
      `data:image/svg+xml,<svg onload="${run}"/>`,
      `view-source:javascript:${run}`,
      `javascript://%0a${run}`,
    ]);
  }

  /** The same address in another spelling, which a browser may read as the first. */
  disguised(): string {
    const plain = this.running();
    const at = plain.indexOf(':');
    const scheme = plain.slice(0, at);
    const rest = plain.slice(at + 1);
    const each = (spell: (char: string) => string) => [...scheme].map(spell).join('');
    return this.random.pick([
      `${each((char) => `&#${char.charCodeAt(0)};`)}:${rest}`,
      `${each((char) => `&#x${char.charCodeAt(0).toString(16)};`)}&colon;${rest}`,
      `${each((char) => `&#${char.charCodeAt(0).toString().padStart(7, '0')}`)}&#58;${rest}`,
      `${scheme.slice(0, 4)}&Tab;${scheme.slice(4)}&colon;${rest}`,
      `${scheme.slice(0, 4)}&NewLine;${scheme.slice(4)}:${rest}`,
      `\u0001${scheme}:${rest}`,
      `${scheme}\u200b:${rest}`,
      `${each((char) => `%${char.charCodeAt(0).toString(16)}`)}:${rest}`,
      `${each((char) => `\\u00${char.charCodeAt(0).toString(16)}`)}:${rest}`,
      `${each((char) => (/[a-z]/i.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char))}:${rest}`,
    ]);
  }

  /** An event handler, in one of many names. */
  handler(): string {
    const name = this.random.pick(HANDLERS);
    const run = this.run();
    return this.random.pick([
      `${name}="${run}"`,
      `${name.toUpperCase()}=${run.replace(/\s/g, '')}`,
      `/${name}='${run.replaceAll("'", '&apos;')}'`,
      `\n${name}\n=\n"${run}"`,
      `data-x="><" ${name}="${run}"`,
    ]);
  }
}

const HANDLERS = [
  ...['onerror', 'onload', 'onfocus', 'onclick', 'onmouseover', 'ontoggle', 'onanimationstart', 'onbegin'],
  ...['onpointerenter', 'onwheel', 'onbeforetoggle', 'onscrollend', 'oncontentvisibilityautostatechange'],
] as const;
