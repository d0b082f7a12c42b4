import { useEffect, useRef } from 'react';
import type { EpochRow, Epochs, GateView } from '#desktop/shared/views/index.ts';
import { Button, Gates } from '../../components/parts.tsx';
import { distanceText, momentText } from '../../format.ts';

export interface Asked {
  readonly what: 'activate' | 'close';
  readonly index: number;
}

const WORDS = {
  activate: {
    title: 'Before activating epoch',
    verb: 'Activate epoch',
    after:
      'What cannot be undone: once it is active, an epoch cannot become scheduled again. Its window, caps and access stay as the SIP set them; only another SIP changes them.',
  },
  close: {
    title: 'Before closing epoch',
    verb: 'Close epoch',
    after:
      'What cannot be undone: a closed epoch takes no deposits and never opens again. What has been deposited stays where it is.',
  },
} as const;

/** Conditions first, then what is final about it, then the button that names its object. */
export function CheckList(props: {
  readonly asked: Asked;
  readonly epochs: Epochs;
  /** False for whoever only looks. */
  readonly signs: boolean;
  readonly onGo: () => void;
  readonly onLeave: () => void;
}) {
  const { asked, epochs, signs, onGo, onLeave } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // It opens below the table: whoever asked for it is led there.
  useEffect(() => heading.current?.focus(), []);
  const row = epochs.rows.find(({ index }) => index === asked.index);
  const own = asked.what === 'activate' ? epochs.activation.gates : closingGates(row, epochs.now);
  const gates = signs ? own : [...own, NOBODY_SIGNS];
  const due = asked.what === 'close' || (epochs.activation.ready && epochs.activation.index === asked.index);
  const ready = due && gates.every(({ state }) => state === 'ok');
  const words = WORDS[asked.what];
  const passed = gates.filter(({ state }) => state === 'ok').length;
  return (
    <section className="card" aria-labelledby="check-list">
      <header>
        <h2 id="check-list" ref={heading} tabIndex={-1}>
          {words.title} {asked.index}
        </h2>
        <small>
          {passed} of {gates.length} ready
        </small>
      </header>
      <Gates gates={gates} />
      <div className="final">
        <p>{words.after}</p>
        <div className="buttons">
          <Button kind="primary" disabled={!ready} onPress={onGo}>
            {words.verb} {asked.index}
          </Button>
          <Button onPress={onLeave}>Back</Button>
        </div>
      </div>
    </section>
  );
}

const NOBODY_SIGNS: GateView = {
  name: 'A key signs',
  state: 'wait',
  detail: 'Nobody signs here. Choose a seat at the lower left.',
};

/** Anyone may close, once the window is over. */
function closingGates(row: EpochRow | undefined, now: number): readonly GateView[] {
  const closesAt = row?.closesAt ?? null;
  const over = closesAt !== null && closesAt <= now;
  return [
    {
      name: 'Window over',
      state: over ? 'ok' : 'wait',
      detail:
        closesAt === null
          ? 'It is open-ended: it ends when the next one is activated, or by a SIP.'
          : `${over ? 'It ended' : 'It ends'} ${distanceText(closesAt, now)}, ${momentText(closesAt)}.`,
    },
    {
      name: 'Epoch is active',
      state: row?.status === 'active' ? 'ok' : 'bad',
      detail: `On chain it is ${row?.status ?? 'not there'}.`,
    },
  ];
}
