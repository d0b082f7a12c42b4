import { useEffect, useRef, useState } from 'react';
import type { AppState } from '#desktop/shared/views.ts';
import { go } from '../router.tsx';
import { useAct } from '../use-call.ts';

interface Command {
  readonly name: string;
  readonly run: () => void;
}

const SCREENS = [
  'Inbox',
  'SIPs',
  'Proposals',
  'Epochs',
  'Registry',
  'Council',
  'Activity',
  'Settings',
  'About',
];

/** Every place and every harmless action by name. Nothing here signs. */
export default function Palette(props: {
  readonly state: AppState | undefined;
  readonly onClose: () => void;
}) {
  const { state, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const warp = useAct('network.warp');
  const theme = useAct('theme.choose');
  useEffect(() => dialog.current?.showModal(), []);

  const number = /^\d+$/.exec(query.trim())?.[0];
  const all: Command[] = [
    ...(number
      ? [
          { name: `Open SIP-${number}`, run: () => go(`sip/${number}`) },
          { name: `Open transaction ${number}`, run: () => go(`tx/${number}/effect`) },
        ]
      : []),
    ...SCREENS.map((name) => ({ name: `Go to ${name}`, run: () => go(name.toLowerCase()) })),
    { name: 'New SIP', run: () => go('edit/new') },
    ...(['light', 'dark', 'system'] as const).map((value) => ({
      name: `Theme: ${value}`,
      run: () => theme.mutate({ theme: value }),
    })),
    ...(state?.network?.ephemeral
      ? [{ name: 'Let 10 minutes pass', run: () => warp.mutate({ seconds: 600 }) }]
      : []),
  ];
  const found = number
    ? all.slice(0, 2)
    : all.filter(({ name }) => name.toLowerCase().includes(query.trim().toLowerCase()));
  const chosen = Math.min(at, found.length - 1);
  const run = (command: Command | undefined) => {
    onClose();
    command?.run();
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-label="Commands" className="palette">
      <div className="field">
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="commands"
          aria-activedescendant={found[chosen] ? `command-${chosen}` : undefined}
          aria-label="Command, number of a SIP or of a transaction"
          placeholder="Command, number of a SIP or of a transaction"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const { key } = event;
            if (key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
            else if (key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
            else if (key === 'Enter') run(found[chosen]);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div id="commands" role="listbox" aria-label="Commands">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
          <div
            key={command.name}
            id={`command-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className="nav"
            aria-current={index === chosen ? 'page' : undefined}
            onClick={() => run(command)}
          >
            {command.name}
          </div>
        ))}
      </div>
      {found.length === 0 && <p>No command of that name.</p>}
    </dialog>
  );
}
