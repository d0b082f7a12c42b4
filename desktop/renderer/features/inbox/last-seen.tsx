import type { LastSeen } from '#desktop/shared/last-seen.ts';
import type { Failure, Inbox } from '#desktop/shared/views/index.ts';
import { FailureBox, Screen } from '../../components/parts.tsx';
import { momentText } from '../../format.ts';
import { Sections, waitingText } from './sections.tsx';

/** The inbox as the window showed it last, until the chain has been read; it says of itself that it is old. */
export function LastSeenInbox(props: {
  readonly seen: LastSeen & { readonly inbox: Inbox };
  /** Why the chain cannot be read. */
  readonly failure: Failure | null;
}) {
  const { seen, failure } = props;
  return (
    <Screen
      crumb={`${seen.profile} · seen ${momentText(Math.floor(seen.at / 1000))}`}
      title="Inbox, as it was seen last"
      meta={
        <>
          <span>{waitingText(seen.inbox)}</span>
          {failure === null && <span role="status">The chain is being read</span>}
        </>
      }
    >
      {failure && <FailureBox failure={failure} />}
      <Sections sections={seen.inbox.sections} />
    </Screen>
  );
}

/** Whether anything was seen that can be shown: nothing of a chain that ended with its window. */
export const isShowable = (seen: LastSeen | null | undefined): seen is LastSeen & { readonly inbox: Inbox } =>
  (seen?.inbox ?? null) !== null;
