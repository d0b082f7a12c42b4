import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import './window-list.css';

/** Rows drawn beyond both edges, so that scrolling shows no gap. */
const SPARE = 8;
/** Until it has been measured. */
const FIRST_HEIGHT = 800;
/** Whoever looks at a row has stopped for longer. */
const REST_MS = 60;
const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/**
 * A list of rows of one height that draws only those in sight: ten thousand cost as much as twenty. One stop for Tab;
 * arrows, Home and End go from row to row.
 */
export function WindowList(props: {
  readonly label: string;
  readonly count: number;
  readonly rowHeight: number;
  readonly keyOf: (at: number) => string;
  readonly hrefOf: (at: number) => string;
  /** Places of the rows that are drawn, as soon as scrolling rests: what they need may be fetched then. */
  readonly onRest: (first: number, last: number) => void;
  readonly children: (at: number) => ReactNode;
}) {
  const { label, count, rowHeight, keyOf, hrefOf, onRest, children } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const [current, setCurrent] = useState({ at: 0, byKey: false });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight || FIRST_HEIGHT));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!current.byKey) return;
    frame.current?.querySelector<HTMLElement>(`[data-at="${current.at}"]`)?.focus({ preventScroll: true });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = MOVES[event.key]?.(current.at, count - 1);
    const element = frame.current;
    if (at === undefined || !element) return;
    event.preventDefault();
    const lowest = at * rowHeight;
    element.scrollTop = Math.max(lowest + rowHeight - height, Math.min(element.scrollTop, lowest));
    setTop(element.scrollTop);
    setCurrent({ at, byKey: true });
  };

  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE);
  useEffect(() => {
    const rest = setTimeout(() => onRest(first, last), REST_MS);
    return () => clearTimeout(rest);
  }, [first, last, onRest]);
  // The stop for Tab is always one that is drawn.
  const stop = Math.min(Math.max(current.at, first), Math.max(first, last - 1));
  return (
    <div
      className="window-list"
      ref={frame}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <ul aria-label={label} style={{ height: count * rowHeight }}>
        {Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset).map((at) => (
          <li
            key={keyOf(at)}
            aria-setsize={count}
            aria-posinset={at + 1}
            style={{ top: at * rowHeight, height: rowHeight }}
          >
            <a
              href={hrefOf(at)}
              data-at={at}
              tabIndex={at === stop ? 0 : -1}
              onKeyDown={onKeyDown}
              onFocus={() => setCurrent({ at, byKey: false })}
            >
              {children(at)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
