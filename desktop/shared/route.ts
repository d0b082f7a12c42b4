/** The screens and how they are written down: in the window's address, in a deep link, in a row of the inbox. */
export type Route =
  | {
      readonly screen:
        | 'inbox'
        | 'sips'
        | 'proposals'
        | 'epochs'
        | 'registry'
        | 'council'
        | 'activity'
        | 'settings'
        | 'about';
    }
  | { readonly screen: 'sip'; readonly sip: number }
  /** `sip` null: a new document. */
  | { readonly screen: 'edit'; readonly sip: number | null }
  | { readonly screen: 'proposal'; readonly transactionIndex: string; readonly tab: ProposalTab };

export const PROPOSAL_TABS = ['text', 'effect', 'transaction', 'simulation', 'votes', 'history'] as const;
export type ProposalTab = (typeof PROPOSAL_TABS)[number];

const PLAIN = [
  'inbox',
  'sips',
  'proposals',
  'epochs',
  'registry',
  'council',
  'activity',
  'settings',
  'about',
] as const;
const SIP = /^sip\/(\d{1,4})$/;
const EDIT = /^edit\/(new|\d{1,4})$/;
const TRANSACTION = /^tx\/([1-9]\d{0,19})(?:\/([a-z]+))?$/;

const U64_MAX = 2n ** 64n - 1n;
/** Squads counts transactions in 64 bits; a longer number is none, and no address could be made of it. */
export const isTransactionIndex = (text: string): boolean =>
  /^\d{1,20}$/.test(text) && BigInt(text) <= U64_MAX;

/** `tx/41/effect`, `sip/7`, `inbox`; anything else leads to null. */
export function parseRoute(text: string): Route | null {
  const plain = PLAIN.find((screen) => screen === text);
  if (plain) return { screen: plain };
  const sip = SIP.exec(text)?.[1];
  if (sip) return { screen: 'sip', sip: Number(sip) };
  const edit = EDIT.exec(text)?.[1];
  if (edit) return { screen: 'edit', sip: edit === 'new' ? null : Number(edit) };
  const transaction = TRANSACTION.exec(text);
  if (!transaction?.[1] || !isTransactionIndex(transaction[1])) return null;
  const tab = transaction[2] === undefined ? 'effect' : PROPOSAL_TABS.find((name) => name === transaction[2]);
  return tab ? { screen: 'proposal', transactionIndex: transaction[1], tab } : null;
}

export function renderRoute(route: Route): string {
  if (route.screen === 'sip') return `sip/${route.sip}`;
  if (route.screen === 'edit') return `edit/${route.sip ?? 'new'}`;
  if (route.screen === 'proposal') return `tx/${route.transactionIndex}/${route.tab}`;
  return route.screen;
}

const LINK = 'solayer-council://';

/** A deep link opens a view and nothing else: a SIP or a transaction. */
export function parseLink(link: string): Route | null {
  if (!link.startsWith(LINK) || link.length > 100) return null;
  const route = parseRoute(link.slice(LINK.length).replace(/\/$/, ''));
  return route?.screen === 'sip' || route?.screen === 'proposal' ? route : null;
}
