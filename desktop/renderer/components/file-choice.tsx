import { useId, useRef, useState } from 'react';
import { type GivenFile, readGiven } from './given-file.ts';
import { Button } from './parts.tsx';
import './file-choice.css';

/** A button that asks for a file. Dropping one anywhere in the window does the same, see shell/drop.tsx. */
export function FileChoice(props: {
  readonly label: string;
  readonly hint: string;
  readonly busy: boolean;
  readonly onFile: (file: GivenFile) => void;
}) {
  const { label, hint, busy, onFile } = props;
  const [problem, setProblem] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const given = await readGiven(file);
    setProblem(typeof given === 'string' ? given : '');
    if (typeof given !== 'string') onFile(given);
  };
  return (
    <div className="file-choice">
      <p>{hint}</p>
      <Button disabled={busy} onPress={() => input.current?.click()}>
        {busy ? 'Reading it' : label}
      </Button>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {problem !== '' && <p role="alert">{problem}</p>}
    </div>
  );
}
