import { lazy, Suspense } from 'react';
import type { LintView } from '#desktop/shared/views/index.ts';
import { Address, Card, Empty } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { CheckReport } from '../sips/check.tsx';
import { ActionForms } from './action-forms.tsx';
import type { Edited } from './use-document.ts';

const Markdown = lazy(() => import('../text/markdown.tsx').then((module) => ({ default: module.Markdown })));

export const PANES = ['Form', 'Lint', 'Effect', 'Preview', 'Check'] as const;
export type PaneName = (typeof PANES)[number];

interface Props {
  readonly name: PaneName;
  readonly document: Edited;
  readonly lint: LintView | undefined;
  readonly settled: string;
  readonly fileName: string;
}

export function Pane({ name, document, lint, settled, fileName }: Props) {
  switch (name) {
    case 'Form':
      return <ActionForms document={document} />;
    case 'Lint':
      return <Findings lint={lint} />;
    case 'Effect':
      return <Effect lint={lint} />;
    case 'Preview':
      return (
        <Card title="As it is read" note="Markdown">
          <div className="prose">
            <Suspense fallback={<p className="src">Reading the text…</p>}>
              <Markdown text={settled} />
            </Suspense>
          </div>
        </Card>
      );
    case 'Check':
      return (
        <Card title="What reviewers will check" note="against the chain">
          {lint?.ok ? (
            <CheckReport name="sips.check-text" request={{ text: settled, fileName }} />
          ) : (
            <Empty title="Not yet">What the linter finds has to be mended first.</Empty>
          )}
        </Card>
      );
  }
}

function Findings({ lint }: Pick<Props, 'lint'>) {
  return (
    <Card title="Lint">
      {lint?.findings.length === 0 && <Empty title="Nothing to mend">The document follows every rule.</Empty>}
      <ul className="plain-list">
        {lint?.findings.map(({ line, column, code, level, message, help }) => (
          <li key={`${line}:${column}:${code}`}>
            {level === 'error' ? '✕' : '!'} Line {line}: {message}
            <small>{help}</small>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Effect({ lint }: Pick<Props, 'lint'>) {
  return (
    <>
      <Card title="What it asks for" note="in words, from the text">
        <ol className="plain-list">
          {lint?.effects.map((text) => (
            <li key={text}>
              <Sentence text={text} />
            </li>
          ))}
          {lint?.effects.length === 0 && <li>Nothing yet, as long as something is to be mended.</li>}
        </ol>
      </Card>
      {lint?.digest && (
        <Card title="Digest of the text" note="SHA-256">
          <div className="pad">
            <Address value={lint.digest} />
          </div>
        </Card>
      )}
    </>
  );
}
