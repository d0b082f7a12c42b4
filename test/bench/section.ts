/** How much is measured. */
export interface Effort {
  /** Few repetitions: to see that it works, not for figures. */
  readonly quick: boolean;
  /** Of everything that is drawn by lot. */
  readonly seed: number;
}

export interface Table {
  readonly title?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Measured {
  readonly tables: readonly Table[];
  /** What a reader has to know to read them right, a paragraph each. */
  readonly notes: readonly string[];
}

/** One measurement. It touches nothing outside of a folder of its own below the system's temporary one. */
export interface Section {
  /** As it is named on the command line. */
  readonly name: string;
  readonly title: string;
  measure(effort: Effort): Promise<Measured>;
}

export const whole = (value: number | bigint) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** Three digits that mean something: 0.0123, 1.23, 12.3, 1,230. */
export function figure(value: number): string {
  if (value >= 100) return whole(Number(value.toPrecision(3)));
  return value.toLocaleString('en-US', {
    maximumSignificantDigits: 3,
    minimumSignificantDigits: 3,
  });
}

export const ratio = (value: number, to: number) => (to === 0 ? 'n/a' : figure(value / to));
export const ms = (value: number) => `${figure(value)} ms`;
