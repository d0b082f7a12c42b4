import type { Hunk } from '#desktop/shared/views/index.ts';
import './diff.css';

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;
const WORDS = { same: '', added: 'added: ', removed: 'removed: ' } as const;

/** Line by line; what was added or removed has a sign as well as a colour. */
export function Diff({ hunks, label }: { readonly hunks: readonly Hunk[]; readonly label: string }) {
  if (hunks.length === 0) return <p className="pad src">No line differs.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs it
    <section className="diff" aria-label={label} tabIndex={0}>
      {hunks.map(({ line, lines }) => (
        <div key={line}>
          <p className="where">from line {line}</p>
          {lines.map(({ kind, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <p key={at} className={kind}>
              <span aria-hidden="true">{SIGNS[kind]}</span>
              <span className="visually-hidden">{WORDS[kind]}</span>
              <code>{text}</code>
            </p>
          ))}
        </div>
      ))}
    </section>
  );
}
