/** One change of a program's text that some test has to notice. */
export interface Mutant {
  /** Within one run. */
  readonly id: string;
  /** Path within the project. */
  readonly file: string;
  readonly line: number;
  /** The line's text: with it an entry of the list of equivalent ones finds its mutant wherever the line goes. */
  readonly at: string;
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
}

export type Fate =
  | 'killed'
  /** Killed too: a test did not end any more. */
  | 'timeout'
  | 'survived'
  /** Survived too: no test comes by. */
  | 'no coverage'
  /** Does not compile, so no test has to find it. */
  | 'unviable';

export interface Judged {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** The test that failed; undefined where none did, or where nothing could be loaded. */
  readonly killedBy?: string | undefined;
}
