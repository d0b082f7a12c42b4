import { Loaded, Screen } from '../../components/parts.tsx';
import { momentText } from '../../format.ts';
import { useView } from '../../use-call.ts';
import { Guide } from './guide.tsx';
import { isShowable, LastSeenInbox } from './last-seen.tsx';
import { Sections, waitingText } from './sections.tsx';

export function InboxScreen() {
  const view = useView('inbox.read', {});
  const seen = useView('last-seen.read', {}, { refresh: false });
  if (view.data === undefined && isShowable(seen.data))
    return <LastSeenInbox seen={seen.data} failure={view.error?.failure ?? null} />;
  return (
    <Screen
      crumb={view.data ? `Chain time ${momentText(view.data.now)}` : 'Chain time'}
      title="Inbox"
      meta={<span>{waitingText(view.data ?? { sections: [] })}</span>}
    >
      <Guide />
      <Loaded view={view}>{({ sections }) => <Sections sections={sections} />}</Loaded>
    </Screen>
  );
}
