import pc from 'picocolors';
import type { Io, Out } from './io.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** What a command writes its text on. */
export interface Paper {
  /** Colours, or nothing where the reader cannot show them. */
  readonly paint: Colors;
  line(text?: string): void;
  /** Label and value in two columns; a pair whose value is undefined is left out. */
  pairs(rows: readonly (readonly [label: string, value: string | number | bigint | undefined])[]): void;
  table(head: readonly string[], rows: readonly (readonly (string | number | bigint)[])[]): void;
}

export function paperOn(out: Out, io: Pick<Io, 'env'>): Paper {
  const paint = colorsFor(out, io);
  const line = (text = ''): void => void out.write(`${text}\n`);
  return {
    paint,
    line,
    pairs(rows) {
      const shown = rows.filter(([, value]) => value !== undefined);
      const width = Math.max(0, ...shown.map(([label]) => widthOf(label)));
      for (const [label, value] of shown) line(`${paint.dim(padded(label, width))}  ${value}`);
    },
    table(head, rows) {
      const all = [head, ...rows.map((row) => row.map(String))];
      const widths = head.map((_, at) => Math.max(...all.map((row) => widthOf(row[at] ?? ''))));
      for (const [n, row] of all.entries()) {
        const cells = widths.map((width, at) => padded(row[at] ?? '', width)).join('  ');
        line(n === 0 ? paint.dim(cells.trimEnd()) : cells.trimEnd());
      }
    },
  };
}

/** NO_COLOR and FORCE_COLOR first, then whether anybody is looking. */
export function colorsFor(out: Out, { env }: Pick<Io, 'env'>): Colors {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== '';
  const shown = out.isTTY === true && env.TERM !== 'dumb' && env.CI === undefined;
  return pc.createColors(!env.NO_COLOR && (forced || shown));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a colour.
const COLOR = /\x1b\[\d+m/g;
const widthOf = (text: string): number => [...text.replace(COLOR, '')].length;
const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
