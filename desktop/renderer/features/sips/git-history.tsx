import { Diff } from '../../components/diff.tsx';
import { Card } from '../../components/parts.tsx';
import { momentText } from '../../format.ts';
import { useView } from '../../use-call.ts';

/** Where the document lies in a git work tree; nothing where it does not. */
export function GitHistory({ sip }: { readonly sip: number }) {
  const { data } = useView('sips.history', { sip }, { refresh: false });
  if (!data) return null;
  const { commits, uncommitted } = data;
  return (
    <>
      <Card title="History" note="from git">
        <ul className="plain-list">
          {commits.map(({ hash, author, when, subject }) => (
            <li key={hash}>
              {subject}
              <small>
                {author} · {momentText(when)} · <code>{hash}</code>
              </small>
            </li>
          ))}
          {commits.length === 0 && <li>It was never committed.</li>}
        </ul>
      </Card>
      {uncommitted !== null && uncommitted.length > 0 && (
        <Card title="Not committed" note="against the last commit">
          <Diff hunks={uncommitted} label="What differs from the last commit" />
        </Card>
      )}
    </>
  );
}
