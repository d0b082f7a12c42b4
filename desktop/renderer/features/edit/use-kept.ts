import { useEffect, useRef, useState } from 'react';
import type { EditView } from '#desktop/shared/views/index.ts';
import { call } from '../../bridge.ts';
import { useSettled } from './use-settled.ts';

/** Keeps what is typed in a file of the console's, a moment after the last key and when the editor is left. */
export function useKept(fileName: string, opened: EditView, text: string): string {
  const [said, setSaid] = useState('');
  const kept = useRef(opened.text);
  const newest = useRef(text);
  newest.current = text;
  const settled = useSettled(text);
  useEffect(() => {
    if (settled === kept.current) return;
    kept.current = settled;
    call('sips.keep', { fileName, text: settled }).then(
      () => setSaid(settled === opened.saved ? '' : 'Not saved; kept if the window closes.'),
      () => setSaid('Not kept: the data folder cannot be written. Save before you close.'),
    );
  }, [fileName, opened.saved, settled]);
  useEffect(
    () => () => {
      // Within a moment of the last key; what comes of it nobody is there to read.
      if (newest.current !== kept.current)
        void call('sips.keep', { fileName, text: newest.current }).catch(() => undefined);
    },
    [fileName],
  );
  return said;
}
