import type { Timer } from '#governance/chain/ports.ts';

/** One reading for all who ask at about the same time. A failed one is never kept. */
export class Share<T> {
  readonly #read: () => Promise<T>;
  readonly #timer: Pick<Timer, 'now'>;
  readonly #ageMs: number;
  #last: T | undefined;
  #failure: unknown;
  #current: { readonly value: Promise<T>; readonly at: number; done: boolean } | undefined;

  /** @param ageMs how old an answer may be; while one is under way all get that one */
  constructor(read: () => Promise<T>, timer: Pick<Timer, 'now'>, ageMs: number) {
    this.#read = read;
    this.#timer = timer;
    this.#ageMs = ageMs;
  }

  get(): Promise<T> {
    const current = this.#current;
    if (current && (!current.done || this.#timer.now() - current.at < this.#ageMs)) return current.value;
    const made = { value: this.#read(), at: this.#timer.now(), done: false };
    this.#current = made;
    made.value.then(
      (value) => {
        made.done = true;
        this.#last = value;
        this.#failure = undefined;
      },
      (reason: unknown) => {
        this.#failure = reason;
        if (this.#current === made) this.#current = undefined;
      },
    );
    return made.value;
  }

  /** The newest answer there was, however old. */
  get last(): T | undefined {
    return this.#last;
  }

  /** Why the newest reading that has ended failed; undefined where it did not. */
  get failure(): unknown {
    return this.#failure;
  }

  /** What was read before no longer counts: something was done. */
  forget(): void {
    this.#current = undefined;
  }
}
