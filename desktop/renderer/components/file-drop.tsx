import { type DragEvent, useId, useRef, useState } from 'react';
import { Button } from './parts.tsx';
import './file-drop.css';

/** As desktop/shared/contract.ts bounds it. */
const MAX_BYTES = 512 * 1024;

export interface GivenFile {
  readonly name: string;
  readonly base64: string;
}

/** Null where it is too large to be what is asked for. */
export async function readGiven(file: File): Promise<GivenFile | null> {
  if (file.size > MAX_BYTES) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { name: file.name.slice(0, 255), base64: btoa(binary) };
}

/** A place to drop a file, or to choose one; both do the same. */
export function FileDrop(props: {
  readonly label: string;
  readonly hint: string;
  readonly busy: boolean;
  readonly onFile: (file: GivenFile) => void;
}) {
  const { label, hint, busy, onFile } = props;
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = async (file: File | undefined) => {
    setOver(false);
    if (file === undefined) return;
    const given = await readGiven(file);
    setProblem(
      given === null ? 'It is larger than 512 KiB: nothing that is taken here is. Nothing was read.' : '',
    );
    if (given) onFile(given);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
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
