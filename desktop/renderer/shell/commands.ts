import type { AppState } from '#desktop/shared/views/index.ts';
import { go } from '../router.tsx';

export interface Command {
  readonly name: string;
  readonly run: () => void;
}

/** What a command may ask for. */
export interface Acts {
  readonly warp: (seconds: number) => void;
  readonly theme: (theme: AppState['theme']) => void;
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
/** `7`, `sip 7`, `SIP-7` */
const SIP = /^(?:sip[- ]?)?(\d{1,4})$/i;
/** `41`, `tx 41`, `transaction 41` */
const TRANSACTION = /^(?:(?:tx|transaction)[- ]?)?([1-9]\d{0,19})$/i;

/** Every place and every harmless act that the query names. Nothing here signs. */
export function commandsFor(query: string, ephemeral: boolean, acts: Acts): readonly Command[] {
  const asked = query.trim();
  const sip = SIP.exec(asked)?.[1];
  const index = TRANSACTION.exec(asked)?.[1];
  const numbered: Command[] = [
    ...(sip ? [{ name: `Open SIP-${Number(sip)}`, run: () => go(`sip/${sip}`) }] : []),
    ...(index ? [{ name: `Open transaction ${index}`, run: () => go(`tx/${index}/effect`) }] : []),
  ];
  if (numbered.length > 0) return numbered;
  const named: Command[] = [
    ...SCREENS.map((name) => ({ name: `Go to ${name}`, run: () => go(name.toLowerCase()) })),
    { name: 'New SIP', run: () => go('edit/new') },
    ...(ephemeral ? [{ name: 'Let 10 minutes pass', run: () => acts.warp(600) }] : []),
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      name: `Theme: ${theme}`,
      run: () => acts.theme(theme),
    })),
  ];
  return named.filter(({ name }) => name.toLowerCase().includes(asked.toLowerCase()));
}
