import type { EpochRow } from '#desktop/shared/views/index.ts';
import { fullest, shareText } from './fill.ts';

const ROW = 40;
const TICKS = 5;
const DAY = 86_400;
/** A bar narrower than this can't hold its own label. */
const NARROW = 30;

/** Windows of the epochs on one axis. The table below says the same in words. */
export function TimeLine({ rows, now }: { readonly rows: readonly EpochRow[]; readonly now: number }) {
  const { from, until } = spanOf(rows, now);
  const place = (unix: number): number => ((unix - from) / (until - from)) * 100;
  return (
    <div className="timeline" role="img" aria-label="Time line of the epochs; the table below holds the same">
      <div className="rows" style={{ height: rows.length * ROW }}>
        {rows.map((row, at) => (
          <Bar
            key={row.index}
            row={row}
            top={at * ROW}
            left={place(row.opensAt)}
            right={row.closesAt === null ? 100 : place(row.closesAt)}
          />
        ))}
        <div className="now" style={{ left: `${place(now)}%` }}>
          <span>now</span>
        </div>
      </div>
      <div className="axis">
        {Array.from({ length: TICKS }, (_, at) => from + ((until - from) * at) / (TICKS - 1)).map((unix) => (
          <span key={unix}>{dayText(unix, until - from)}</span>
        ))}
      </div>
    </div>
  );
}

function Bar(props: {
  readonly row: EpochRow;
  readonly top: number;
  readonly left: number;
  readonly right: number;
}) {
  const { row, top, left, right } = props;
  const full = fullest(row.caps);
  const width = right - left;
  const open = row.closesAt === null;
  const text = [
    `Epoch ${row.index}`,
    full && `${full.symbol} ${shareText(full.share)} of cap`,
    open && 'open-ended',
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      <div
        className={`bar ${row.status} ${open ? 'open' : ''}`}
        style={{ top, left: `${left}%`, width: `${width}%` }}
      >
        {full && <i style={{ width: `${Math.min(full.share / 10, 100)}%` }} />}
      </div>
      <span className="label" style={{ top, ...labelPlace(left, right) }}>
        {text}
      </span>
    </>
  );
}

/** Inside the bar, or beside it where there is more room. */
function labelPlace(left: number, right: number): { left: string } | { right: string } {
  if (right - left >= NARROW) return { left: `${left}%` };
  return right < 60 ? { left: `${right}%` } : { right: `${100 - left}%` };
}

/** All windows and now, with room at the right for what has no end. */
function spanOf(rows: readonly EpochRow[], now: number) {
  const starts = [...rows.map(({ opensAt }) => opensAt), now];
  const ends = [...starts, ...rows.map(({ closesAt }) => closesAt ?? 0)];
  const from = Math.min(...starts);
  const length = Math.max(Math.max(...ends) - from, DAY);
  return { from: from - length * 0.02, until: from + length * 1.15 };
}

/** `19 Jun`; with the hour where the whole axis is a few days. */
function dayText(unix: number, length: number): string {
  const [, day, month, , time] = new Date(unix * 1000).toUTCString().split(' ');
  return length < 6 * DAY ? `${Number(day)} ${month} ${time?.slice(0, 5)}` : `${Number(day)} ${month}`;
}
