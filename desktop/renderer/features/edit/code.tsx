import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { yamlLanguage } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Text } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { FindingView } from '#desktop/shared/views/index.ts';

interface Props {
  readonly value: string;
  readonly findings: readonly FindingView[];
  readonly label: string;
  readonly onChange: (text: string) => void;
}

/** By the theme's own colours, so that both themes read alike. */
const COLOURS = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '700' },
  { tag: [tags.processingInstruction, tags.meta, tags.comment, tags.punctuation], color: 'var(--ink-3)' },
  {
    tag: [tags.propertyName, tags.definition(tags.propertyName), tags.link, tags.url],
    color: 'var(--accent)',
  },
  { tag: [tags.string, tags.monospace], color: 'var(--ok)' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
]);

/** Letters that could be taken for others are underlined, with their code point; the linter judges them. */
const beyondAscii = new MatchDecorator({
  regexp: /[^\p{ASCII}]/gu,
  decoration: ([char]) =>
    Decoration.mark({
      class: 'cm-beyond-ascii',
      attributes: { title: `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` },
    }),
});
const markBeyondAscii = ViewPlugin.fromClass(
  class {
    marks: DecorationSet;
    constructor(view: EditorView) {
      this.marks = beyondAscii.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.marks = beyondAscii.updateDeco(update, this.marks);
    }
  },
  { decorations: (plugin) => plugin.marks },
);

/** The page's own nonce: the policy lets no other style in. */
const nonce = () => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** The text, with what the linter found. Tab leaves it, as everywhere in the window. */
export default function Code({ value, findings, label, onChange }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes later is dispatched below
  useEffect(() => {
    if (host.current === null) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(nonce()),
          lineNumbers(),
          lintGutter(),
          history(),
          search({ top: true }),
          highlightSelectionMatches(),
          highlightSpecialChars(),
          markBeyondAscii,
          markdown({ codeLanguages: (info) => (info.startsWith('yaml') ? yamlLanguage : null) }),
          syntaxHighlighting(COLOURS),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) changed.current(state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const made = view.current;
    const before = made?.state.doc.toString();
    if (!made || before === undefined || before === value) return;
    made.dispatch({ changes: changeBetween(before, value) });
  }, [value]);
  useEffect(() => {
    const made = view.current;
    if (made)
      made.dispatch(
        setDiagnostics(
          made.state,
          findings.map((one) => diagnosticOf(one, made.state.doc)),
        ),
      );
  }, [findings]);
  return <div className="code" ref={host} />;
}

/** Only what differs, so that cursor and history stay where they are. */
function changeBetween(before: string, after: string) {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - from;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

function diagnosticOf({ line, column, level, message, help }: FindingView, doc: Text): Diagnostic {
  const at = doc.line(Math.min(Math.max(line ?? 1, 1), doc.lines));
  const from = Math.min(at.from + Math.max((column ?? 1) - 1, 0), at.to);
  return {
    from,
    to: Math.max(from, at.to),
    severity: level === 'error' ? 'error' : 'warning',
    message: `${message} ${help}`,
  };
}
