import { readFileSync } from 'node:fs';
import { type CallName, CONTRACT, type Request } from '#desktop/shared/contract.ts';

/** Requests as the window's own screens make them: what the payloads are bent from. */

const FILE = 'sip-0008-whitelist-jupsol.md';
const TEXT = readFileSync(`sips/${FILE}`, 'utf8');
const KEY = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const COUNCIL = 'CatzoSMUkTRidT5DwBxAC2pEtnwMBTpkCepHkFgZDiqb';
const base64 = Buffer.from(TEXT).toString('base64');

/** One list for each call of the contract: a call without one is no program. */
export const REQUESTS: { readonly [N in CallName]: readonly [Request<N>, ...Request<N>[]] } = {
  'state.read': [{}],
  'seat.choose': [{ seat: '1' }, { seat: 'guardian' }, { seat: null }],
  'theme.choose': [{ theme: 'dark' }, { theme: 'system' }],
  'notifications.choose': [{ on: false }],
  'explorer.choose': [{ explorer: 'none' }],
  'about.read': [{}],
  'last-seen.read': [{}],
  'data-folder.show': [{}],
  'copy.text': [{ text: KEY }],
  'profiles.list': [{}],
  'profiles.use': [{ name: 'embedded' }, { name: 'main' }],
  'profiles.add': [{ name: 'main', endpoints: ['mainnet-beta-of-nobody'], council: COUNCIL, programId: KEY }],
  'profiles.remove': [{ name: 'main' }],
  'signers.list': [{}],
  'signers.add': [
    { kind: 'keypair', name: 'Key', allowMainnet: true },
    { kind: 'offline', name: 'Key in the safe', publicKey: COUNCIL },
    { kind: 'browser', name: 'Wallet', publicKey: KEY },
    { kind: 'ledger', name: 'Ledger', path: "44'/501'/0'" },
  ],
  'signers.ledger': [{ account: 0 }],
  'signers.remove': [{ id: '1' }],
  'inbox.read': [{}],
  'sips.list': [{}],
  'sips.read': [{ sip: 8 }],
  'sips.lint': [{ text: TEXT, fileName: FILE }],
  'sips.check': [{ sip: 8 }],
  'actions.list': [{}],
  'mint.read': [{ mint: KEY }],
  'sips.draft': [{ kind: 'whitelist-lst', title: 'Another asset', author: 'A team (@team)' }],
  'sips.draft-for-epoch': [{ index: 0, what: 'amend' }],
  'sips.edit': [{ sip: 8 }],
  'sips.keep': [{ text: `${TEXT}\n`, fileName: FILE }],
  'sips.drop': [{ fileName: FILE }],
  'sips.block': [{ text: TEXT }],
  'sips.set-block': [
    { text: TEXT, block: { validUntil: '2030-01-01', actions: [{ kind: 'pause', values: { a: '1' } }] } },
  ],
  'guide.read': [{}],
  'guide.draft': [{}],
  'sips.check-text': [{ text: TEXT, fileName: FILE }],
  'sips.unsaved': [{}],
  'sips.save': [{ text: TEXT, fileName: FILE }],
  'sips.submit': [{ sip: 2 }, { sip: 4 }],
  'sips.changes': [{ sip: 8 }],
  'sips.history': [{ sip: 8 }],
  'sips.requests': [{ digest: '0'.repeat(64) }],
  'sips.request-changes': [{ digest: '0'.repeat(64), text: 'Halve the cap.', seat: '0' }],
  'sips.export-request': [{ digest: '0'.repeat(64), id: '1'.repeat(64) }],
  'sips.import-statements': [{ name: `${FILE}.changes.jsonl`, base64 }],
  'sips.import': [{ name: FILE, base64 }],
  'sips.export': [
    { sip: 8, form: 'md' },
    { sip: 8, form: 'sipz' },
  ],
  'sips.audit': [{ sip: 8 }],
  'sources.list': [{}],
  'sources.add': [{}],
  'sources.remove': [{ id: '0123456789abcdef' }],
  'proposals.list': [{ page: null }, { page: 0 }],
  'proposals.read': [{ transactionIndex: '1' }],
  'proposals.simulate': [{ transactionIndex: '1' }],
  'proposals.approvals': [{ transactionIndex: '1' }],
  'proposals.receipts': [{ transactionIndex: '1' }],
  'proposals.give-receipt': [{ transactionIndex: '1', seat: '0' }],
  'proposals.export-receipt': [{ transactionIndex: '1', id: '1'.repeat(64) }],
  'proposals.give-text': [{ transactionIndex: '1', name: FILE, base64 }],
  'proposals.act': [
    { transactionIndex: '1', act: 'approve', seat: '0' },
    { transactionIndex: '1', act: 'execute', reason: 'because' },
  ],
  'epochs.read': [{}],
  'epochs.activate': [{ index: 0 }],
  'epochs.close': [{ index: 0 }],
  'registry.read': [{}],
  'council.read': [{}],
  'activity.read': [{}],
  'activity.settle': [{}],
  'guardian.pause': [{}],
  'network.warp': [{ seconds: 60 }],
};

export const CHANNELS = Object.keys(CONTRACT) as readonly CallName[];

/** @throws where a call of the table has no request here, or one that its schema refuses: it would be attacked at the door only */
export function checkRequests(): void {
  for (const name of CHANNELS) {
    const requests: readonly unknown[] = Object.hasOwn(REQUESTS, name) ? REQUESTS[name] : [];
    if (requests.length === 0)
      throw new Error(`the call ${name} has no payloads: give it a request in requests.ts`);
    for (const request of requests)
      if (!CONTRACT[name].request.safeParse(request).success)
        throw new Error(`the request of ${name} in requests.ts does not have its shape any more`);
  }
}
