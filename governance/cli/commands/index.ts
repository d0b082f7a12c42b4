import type { AnyCommand } from '../command.ts';

/** All commands in the order of help, one line each. A command's file is loaded only when its name is on the line. */

export const GROUPS = {
  draft: 'Write a SIP',
  decide: 'Decide',
  track: 'Follow',
  protocol: 'Protocol',
  console: 'Console and networks',
} as const;

interface Entry {
  readonly name: string;
  readonly group: keyof typeof GROUPS;
  readonly load: () => Promise<{ readonly command: AnyCommand }>;
}

export const COMMANDS: readonly Entry[] = [
  { name: 'new', group: 'draft', load: () => import('./new.ts') },
  { name: 'lint', group: 'draft', load: () => import('./lint.ts') },
  { name: 'rebase', group: 'draft', load: () => import('./rebase.ts') },
  { name: 'digest', group: 'draft', load: () => import('./digest.ts') },
  { name: 'compile', group: 'draft', load: () => import('./compile.ts') },
  { name: 'export', group: 'draft', load: () => import('./export.ts') },
  { name: 'import', group: 'draft', load: () => import('./import.ts') },
  { name: 'check', group: 'decide', load: () => import('./check.ts') },
  { name: 'simulate', group: 'decide', load: () => import('./simulate.ts') },
  { name: 'submit', group: 'decide', load: () => import('./submit.ts') },
  { name: 'bundle', group: 'decide', load: () => import('./bundle.ts') },
  { name: 'verify', group: 'decide', load: () => import('./verify.ts') },
  { name: 'realms', group: 'decide', load: () => import('./realms.ts') },
  { name: 'approve', group: 'decide', load: () => import('./approve.ts') },
  { name: 'reject', group: 'decide', load: () => import('./reject.ts') },
  { name: 'cancel', group: 'decide', load: () => import('./cancel.ts') },
  { name: 'execute', group: 'decide', load: () => import('./execute.ts') },
  { name: 'receipt', group: 'decide', load: () => import('./receipt.ts') },
  { name: 'request-changes', group: 'decide', load: () => import('./request-changes.ts') },
  { name: 'sign', group: 'decide', load: () => import('./sign.ts') },
  { name: 'status', group: 'track', load: () => import('./status.ts') },
  { name: 'watch', group: 'track', load: () => import('./watch.ts') },
  { name: 'approvals', group: 'track', load: () => import('./approvals.ts') },
  { name: 'audit', group: 'track', load: () => import('./audit.ts') },
  { name: 'epochs', group: 'track', load: () => import('./epochs.ts') },
  { name: 'council', group: 'track', load: () => import('./council.ts') },
  { name: 'epoch', group: 'protocol', load: () => import('./epoch.ts') },
  { name: 'pause', group: 'protocol', load: () => import('./pause.ts') },
  { name: 'restake', group: 'protocol', load: () => import('./restake.ts') },
  { name: 'unrestake', group: 'protocol', load: () => import('./unrestake.ts') },
  { name: 'rehearse', group: 'console', load: () => import('./rehearse.ts') },
  { name: 'setup', group: 'console', load: () => import('./setup.ts') },
  { name: 'sandbox', group: 'console', load: () => import('./sandbox.ts') },
  { name: 'profile', group: 'console', load: () => import('./profile.ts') },
  { name: 'config', group: 'console', load: () => import('./config.ts') },
  { name: 'completion', group: 'console', load: () => import('./completion.ts') },
];
