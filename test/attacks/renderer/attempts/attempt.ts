/**
 * What a page that was taken over could try beside its channels. Each runs in the page by itself, as text, in a task of
 * the page's own, and gives something true where it got what it wanted.
 */
export type Attempt = (aim: Aim) => unknown;

export interface Aim {
  /** Origin of the sink, `http://ADDRESS:PORT`. */
  readonly http: string;
  readonly host: string;
  readonly port: number;
}

/** The bridge, as a page sees it that knows no types. */
export type Anything = Record<string, (...given: unknown[]) => Promise<unknown>>;
