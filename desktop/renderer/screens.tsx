import type { ReactNode } from 'react';
import type { Route } from '#desktop/shared/route.ts';
import { ActivityScreen } from './features/activity/activity.tsx';
import { CouncilScreen } from './features/council/council.tsx';
import { EditScreen } from './features/edit/edit.tsx';
import { EpochsScreen } from './features/epochs/epochs.tsx';
import { InboxScreen } from './features/inbox/inbox.tsx';
import { ProposalScreen } from './features/proposal/proposal.tsx';
import { ProposalsScreen } from './features/proposals/proposals.tsx';
import { RegistryScreen } from './features/registry/registry.tsx';
import { AboutScreen } from './features/settings/about.tsx';
import { SettingsScreen } from './features/settings/settings.tsx';
import { SipScreen } from './features/sips/sip.tsx';
import { SipsScreen } from './features/sips/sips.tsx';

/** Which component shows which route. */
export function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case 'inbox':
      return <InboxScreen />;
    case 'sips':
      return <SipsScreen />;
    case 'sip':
      return <SipScreen sip={route.sip} />;
    case 'edit':
      return <EditScreen key={route.sip} sip={route.sip} />;
    case 'proposals':
      return <ProposalsScreen />;
    case 'proposal':
      return <ProposalScreen transactionIndex={route.transactionIndex} tab={route.tab} />;
    case 'epochs':
      return <EpochsScreen />;
    case 'registry':
      return <RegistryScreen />;
    case 'council':
      return <CouncilScreen />;
    case 'activity':
      return <ActivityScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'about':
      return <AboutScreen />;
  }
}
