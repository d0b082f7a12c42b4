import './bytes.css';

/** From, and one past the last. */
export type Range = readonly [number, number];

const PER_LINE = 16;

export const rangeText = ([from, to]: Range): string =>
  to - from > 1 ? `bytes ${from}–${to - 1}` : `byte ${from}`;

/** Bytes as hex, sixteen a line, those in `marked` underlined as well as coloured. */
export function Bytes(props: {
  readonly hex: string;
  readonly label: string;
  readonly marked?: readonly Range[];
}) {
  const { hex, label, marked = [] } = props;
  const bytes = hex.match(/../g) ?? [];
  const lines = Array.from({ length: Math.ceil(bytes.length / PER_LINE) }, (_, line) => line * PER_LINE);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs it
    <section className="bytes" aria-label={label} tabIndex={0}>
      {lines.map((from) => (
        <div key={from}>
          <span className="offset">{String(from).padStart(4, '0')}</span>
          <code>
            {runsOf(from, Math.min(from + PER_LINE, bytes.length), marked).map((run) => {
              const text = bytes.slice(run.from, run.to).join(' ');
              return run.marked ? <mark key={run.from}>{text}</mark> : <span key={run.from}>{text}</span>;
            })}
          </code>
        </div>
      ))}
    </section>
  );
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly marked: boolean;
}

function runsOf(from: number, to: number, ranges: readonly Range[]): Run[] {
  const runs: Run[] = [];
  for (let at = from; at < to; at += 1) {
    const marked = ranges.some(([first, end]) => at >= first && at < end);
    const before = runs.at(-1);
    if (before?.marked === marked) runs[runs.length - 1] = { ...before, to: at + 1 };
    else runs.push({ from: at, to: at + 1, marked });
  }
  return runs;
}
