/** What can come between any two steps of the console, and where. */

export const EVENTS = {
  /** The process is gone before the call has any effect. */
  crash: 'crash',
  /** It is gone when half of the bytes are in the file. */
  torn: 'crash',
  /** An error and no effect. */
  refused: 'fault',
  /** The effect and an error. */
  lost: 'fault',
  /** The endpoint is down until the process ends. */
  outage: 'fault',
  /** A node answers that has not seen the last transaction. */
  behind: 'fault',
  /** What is sent vanishes until the process ends. */
  vanish: 'fault',
  soon: 'late landing',
  later: 'late landing',
  /** It lands in the last block that may take it. */
  last: 'late landing',
  /** More blocks go by than a blockhash lives. */
  blocks: 'expiry',
  /** No block is made until the process ends. */
  halt: 'expiry',
  /** Another member takes the next index. */
  rival: 'competitor',
  /** Another member proposes the next missing part of this very SIP. */
  twin: 'competitor',
} as const;
export type EventName = keyof typeof EVENTS;

const WORLD = ['blocks', 'halt', 'rival', 'twin'] as const;

/** Where the console touches the world, and what can happen there. A crash behind a call is one before the next. */
const AT = {
  'file read': ['crash', 'refused'],
  'file change': ['crash', 'refused', 'lost'],
  'file append': ['crash', 'torn', 'refused', 'lost'],
  signature: ['crash', 'refused', 'blocks', 'rival', 'twin'],
  wait: ['crash'],
  question: ['crash', 'refused', 'outage', ...WORLD],
  'question about accounts': ['crash', 'refused', 'outage', 'behind', ...WORLD],
  send: ['crash', 'refused', 'lost', 'outage', 'vanish', 'soon', 'later', 'last', ...WORLD],
} as const satisfies Readonly<Record<string, readonly EventName[]>>;
export type Site = keyof typeof AT;

/** The greatest number of slots of one call. */
export const MOST_AT_ONCE = Math.max(...Object.values(AT).map(({ length }) => length));

/**
 * The events of one history. Every event that could happen at a call is a slot; an event is named by the number of slots
 * that go by before it, counted from the call behind the one before, so that each list is another history.
 */
export class Script {
  readonly #gaps: readonly number[];
  #next = 0;
  #left: number;
  /** Slots that went by behind the last event. */
  #idle = 0;
  #stopped = false;
  readonly met: EventName[] = [];

  constructor(gaps: readonly number[]) {
    this.#gaps = gaps;
    this.#left = gaps[0] ?? 0;
  }

  /** Whether every event has happened. */
  get spent(): boolean {
    return this.#next >= this.#gaps.length;
  }
  get idle(): number {
    return this.#idle;
  }
  /** From here on nothing happens any more. */
  stop(): void {
    this.#stopped = true;
  }

  at(site: Site): EventName | undefined {
    if (this.#stopped) return undefined;
    const here: readonly EventName[] = AT[site];
    if (this.spent) {
      this.#idle += here.length;
      return undefined;
    }
    if (this.#left >= here.length) {
      this.#left -= here.length;
      return undefined;
    }
    const event = here[this.#left]!;
    this.#next += 1;
    this.#left = this.#gaps[this.#next] ?? 0;
    this.met.push(event);
    return event;
  }
}

/** Events in this order, each at the first call of its place. */
export class Named extends Script {
  readonly #events: (readonly [Site, EventName])[];

  constructor(...events: readonly (readonly [Site, EventName])[]) {
    super([]);
    this.#events = [...events];
  }

  override get spent(): boolean {
    return this.#events.length === 0;
  }

  override at(site: Site): EventName | undefined {
    const [next] = this.#events;
    if (next === undefined || next[0] !== site) return undefined;
    this.#events.shift();
    this.met.push(next[1]);
    return next[1];
  }
}
