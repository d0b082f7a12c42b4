import { useCallback, useEffect, useRef, useState } from 'react';
import type { BlockView, EditedBlock, Failure } from '#desktop/shared/views/index.ts';
import { CallFailed, call } from '../../bridge.ts';
import { useSettled } from './use-settled.ts';

export interface Edited {
  readonly text: string;
  /** The actions block as the form has it; null while the text has none that can be read. */
  readonly block: EditedBlock | null;
  readonly problems: BlockView['problems'];
  /** Why the form's last change is not in the text. */
  readonly failure: Failure | null;
  type(text: string): void;
  change(block: EditedBlock): void;
}

/** One document with two views. Who types in the text changes the form after a moment; the form changes its block at once. */
export function useDocument(initial: string): Edited {
  const [text, setText] = useState(initial);
  const [view, setView] = useState<BlockView>({ block: null, problems: [] });
  const [failure, setFailure] = useState<Failure | null>(null);
  /** The newest change wins; what an older one answers is too late. */
  const turn = useRef(0);
  const newest = useRef(initial);
  const settled = useSettled(text);

  const type = useCallback((typed: string) => {
    turn.current += 1;
    newest.current = typed;
    setText(typed);
  }, []);

  useEffect(() => {
    const asked = turn.current;
    call('sips.block', { text: settled }).then(
      (read) => {
        if (turn.current === asked && newest.current === settled) setView(read);
      },
      () => undefined, // the linter says what is wrong with the text
    );
  }, [settled]);

  const change = useCallback((block: EditedBlock) => {
    turn.current += 1;
    const mine = turn.current;
    setView((before) => ({ ...before, block }));
    call('sips.set-block', { text: newest.current, block }).then(
      (changed) => {
        if (turn.current !== mine) return;
        newest.current = changed.text;
        setFailure(null);
        setText(changed.text);
      },
      (error: unknown) => {
        if (error instanceof CallFailed && turn.current === mine) setFailure(error.failure);
      },
    );
  }, []);

  return { text, block: view.block, problems: view.problems, failure, type, change };
}
