import { useEffect, useState } from 'react';
import { call } from '../bridge.ts';
import { Button } from './parts.tsx';

const SHOWN_MS = 4_000;

/** The clipboard is main's: the page has no right to it. */
export function Copy({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    call('copy.text', { text }).then(
      () => setSaid('Copied'),
      () => setSaid('Not copied'),
    );
  return (
    <span className="copy">
      <Button size="small" onPress={() => void copy()}>
        {label}
      </Button>
      <span className="src" aria-live="polite">
        {said}
      </span>
    </span>
  );
}
