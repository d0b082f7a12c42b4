import type { ReactNode } from 'react';
import type { Failure, GateView, Tone } from '#desktop/shared/views/index.ts';
import { groupsOf } from '../format.ts';
import './parts.css';

/** The small pieces that every screen is made of. */

export function Screen(props: {
  readonly crumb: ReactNode;
  readonly title: string;
  readonly meta?: ReactNode;
  /** Below the head: tabs. */
  readonly nav?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  const { crumb, title, meta, nav, aside, children } = props;
  return (
    <div className="screen">
      <div className="top">
        <div className="crumb">{crumb}</div>
        <h1>{title}</h1>
        {meta !== undefined && <div className="meta">{meta}</div>}
        {nav}
      </div>
      {/* A scrolling region is reached by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs it */}
      <section className={aside === undefined ? 'body' : 'body with-aside'} aria-label={title} tabIndex={0}>
        <div className="stack">{children}</div>
        {aside !== undefined && <aside className="stack">{aside}</aside>}
      </section>
    </div>
  );
}

export function Card(props: {
  readonly title?: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="card">
      {props.title !== undefined && (
        <header>
          <h2>{props.title}</h2>
          {props.note !== undefined && <small>{props.note}</small>}
        </header>
      )}
      {props.children}
    </section>
  );
}

export const Chip = ({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}) => <span className={`chip ${tone}`}>{children}</span>;

export function Button(props: {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly kind?: 'primary' | 'danger' | 'plain';
  readonly size?: 'wide' | 'small' | 'normal';
  readonly disabled?: boolean;
  readonly title?: string;
}) {
  const { children, onPress, kind = 'plain', size = 'normal', disabled = false, title } = props;
  return (
    <button
      type="button"
      className={`btn ${kind} ${size}`}
      onClick={onPress}
      disabled={disabled}
      title={title}
    >
      {children}
    </button>
  );
}

/** A key or hash, the whole of it, in groups of four. Copying gives it without the gaps. */
export function Address({ value }: { readonly value: string }) {
  return (
    <code className="addr" title={value}>
      {groupsOf(value).map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their place
        <span key={at}>{group}</span>
      ))}
    </code>
  );
}

const GATE_SIGNS = { ok: '✓', bad: '✕', wait: '…', no: '–' } as const;
const GATE_WORDS = { ok: 'passed', bad: 'failed', wait: 'waiting', no: 'does not apply' } as const;

export function Gates({ gates }: { readonly gates: readonly GateView[] }) {
  return (
    <ul className="gates">
      {gates.map(({ name, state, detail }) => (
        <li key={name}>
          <span className={`sym ${state}`} role="img" aria-label={GATE_WORDS[state]}>
            {GATE_SIGNS[state]}
          </span>
          <div>
            {name}
            <small>{detail}</small>
          </div>
        </li>
      ))}
    </ul>
  );
}

const SENT = {
  no: 'Nothing was sent.',
  yes: 'It was sent.',
  unknown: 'Whether it was sent is not known yet.',
} as const;

/** What happened · was anything sent · what to do. */
export function FailureBox({ failure }: { readonly failure: Failure }) {
  return (
    <div className="failure" role="alert">
      <h3>{failure.message}</h3>
      <p>
        {SENT[failure.sent]} {failure.remedy} <code>{failure.code}</code>
      </p>
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  );
}

/** While nothing is there yet; `view` is React Query's result. */
export function Loaded<T>(props: {
  readonly view: { readonly data: T | undefined; readonly error: { readonly failure: Failure } | null };
  readonly children: (data: T) => ReactNode;
}) {
  const { data, error } = props.view;
  return (
    <>
      {error && <FailureBox failure={error.failure} />}
      {data === undefined ? !error && <Waiting /> : props.children(data)}
    </>
  );
}

const Waiting = () => (
  <div className="card" role="status" aria-label="Loading">
    <div className="skeleton" />
    <div className="skeleton" />
    <div className="skeleton" />
  </div>
);
