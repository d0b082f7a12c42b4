import { z } from 'zod';
import { lastSeen } from './last-seen.ts';
import { isTransactionIndex } from './route.ts';
import {
  about,
  act,
  actionKind,
  activityRow,
  address,
  approval,
  appState,
  blockView,
  changeRequests,
  changesView,
  checkView,
  council,
  editedBlock,
  editView,
  epochs,
  explorer,
  givenText,
  guideView,
  hash,
  historyView,
  importView,
  inbox,
  lintView,
  localSimulation,
  mintFacts,
  outcome,
  profileRow,
  proposalPage,
  proposalView,
  registry,
  reviewReceipts,
  signerRow,
  sipRow,
  sipView,
  sourceRow,
  takenStatements,
  theme,
} from './views/index.ts';

/**
 * THE contract between the window and the rest: every call by name, with the shape of its request and of its answer.
 * `home` says who answers. main checks sender, request and answer in one place (main/calls.ts).
 */
const call = <H extends 'main' | 'engine', Q extends z.ZodType, A extends z.ZodType>(
  home: H,
  request: Q,
  response: A,
) => ({ home, request, response });

const nothing = z.strictObject({});
const sipRef = z.strictObject({ sip: z.number().int().min(0).max(9999) });
const transactionRef = z.strictObject({ transactionIndex: z.string().refine(isTransactionIndex) });
const profileRef = z.strictObject({ name: z.string().max(64) });
const signerName = z.string().trim().min(1).max(60);
const reason = z.string().max(4000).optional();
/** As the button named it: nobody signs with another key than the one that was shown. */
const shownSeat = z.strictObject({ seat: z.string().max(64).nullable() });
/** Characters of a text. The linter's own bound is in bytes; this one only keeps nonsense out. */
export const MAX_TEXT = 300_000;
const sipText = z.strictObject({ text: z.string().max(MAX_TEXT), fileName: z.string().max(200) });

/** A file that was dropped or chosen: at most 512 KiB. */
const givenFile = z.strictObject({ name: z.string().max(255), base64: z.base64().max(700_000) });

export const CONTRACT = {
  'state.read': call('engine', nothing, appState),
  'seat.choose': call('engine', z.strictObject({ seat: z.string().max(64).nullable() }), nothing),
  'theme.choose': call('engine', z.strictObject({ theme }), nothing),
  'notifications.choose': call('engine', z.strictObject({ on: z.boolean() }), nothing),
  'explorer.choose': call('engine', z.strictObject({ explorer }), nothing),
  'about.read': call('main', nothing, about),
  'last-seen.read': call('main', nothing, lastSeen.nullable()),
  /** In a dialog of the system's: the page learns no path. */
  'data-folder.show': call('main', nothing, nothing),
  'copy.text': call('main', z.strictObject({ text: z.string().max(MAX_TEXT) }), nothing),

  'profiles.list': call('engine', nothing, z.array(profileRow)),
  'profiles.use': call('engine', profileRef, nothing),
  /** Connects to the endpoints once a dialog of main's has said yes to their hosts. */
  'profiles.add': call(
    'engine',
    profileRef.extend({
      endpoints: z.array(z.string().max(2000)).min(1).max(8),
      council: z.string().max(64),
      programId: z.string().max(64),
    }),
    nothing,
  ),
  'profiles.remove': call('engine', profileRef, nothing),

  'signers.list': call('engine', nothing, z.array(signerRow)),
  /** A keypair file is chosen in a dialog of main's; false where nobody chose one. */
  'signers.add': call(
    'engine',
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('keypair'), name: signerName, allowMainnet: z.boolean() }),
      z.strictObject({
        kind: z.enum(['offline', 'browser']),
        name: signerName,
        publicKey: z.string().max(64),
      }),
      /** Answers once the address was confirmed on the device. */
      z.strictObject({ kind: z.literal('ledger'), name: signerName, path: z.string().max(32) }),
    ]),
    z.strictObject({ added: z.boolean() }),
  ),
  /** Of an account number on the connected Ledger, in both derivation schemes. */
  'signers.ledger': call(
    'engine',
    z.strictObject({ account: z.number().int().min(0).max(99) }),
    z.array(z.strictObject({ path: z.string(), publicKey: address })),
  ),
  'signers.remove': call('engine', z.strictObject({ id: z.string().max(64) }), nothing),

  'inbox.read': call('engine', nothing, inbox),
  /** Null on every network but the one inside this computer, and where its SIP went another way. */
  'guide.read': call('engine', nothing, guideView.nullable()),
  'guide.draft': call('engine', nothing, sipText),
  'sips.list': call('engine', nothing, z.array(sipRow)),
  'sips.read': call('engine', sipRef, sipView),
  'sips.lint': call('engine', sipText, lintView),
  'sips.check': call('engine', sipRef, checkView),
  'actions.list': call('engine', nothing, z.array(actionKind)),
  'mint.read': call('engine', z.strictObject({ mint: z.string().max(64) }), mintFacts.nullable()),
  /** A document to begin with; what the action asks for may be missing. */
  'sips.draft': call(
    'engine',
    z.strictObject({
      kind: z.string().max(64),
      title: z.string().max(200),
      author: z.string().max(200),
    }),
    sipText,
  ),
  /** A document that amends or cancels an epoch that missed its window. */
  'sips.draft-for-epoch': call(
    'engine',
    z.strictObject({ index: z.number().int().min(0).max(65_535), what: z.enum(['amend', 'cancel']) }),
    sipText,
  ),
  'sips.edit': call('engine', sipRef, editView),
  /** Kept until it is saved or dropped, whatever becomes of the window. */
  'sips.keep': call('engine', sipText, nothing),
  'sips.drop': call('engine', z.strictObject({ fileName: z.string().max(200) }), nothing),
  'sips.block': call('engine', z.strictObject({ text: sipText.shape.text }), blockView),
  'sips.set-block': call(
    'engine',
    z.strictObject({ text: sipText.shape.text, block: editedBlock }),
    z.strictObject({ text: sipText.shape.text }),
  ),
  'sips.check-text': call('engine', sipText, checkView),
  'sips.unsaved': call('engine', nothing, z.array(z.strictObject({ sip: z.number(), fileName: z.string() }))),
  'sips.save': call('engine', sipText, z.strictObject({ sip: z.number() })),
  'sips.submit': call('engine', sipRef, outcome),
  'sips.changes': call('engine', sipRef, changesView),
  'sips.history': call('engine', sipRef, historyView),
  /** Of the text with this digest, and of the others of its number. */
  'sips.requests': call('engine', z.strictObject({ digest: hash }), changeRequests),
  'sips.request-changes': call(
    'engine',
    z.strictObject({ digest: hash, text: z.string().max(8000), ...shownSeat.shape }),
    outcome,
  ),
  'sips.export-request': call(
    'engine',
    z.strictObject({ digest: hash, id: hash }),
    z.strictObject({ saved: z.boolean() }),
  ),
  /** Requests for changes, or receipts: told apart by what is in the file. */
  'sips.import-statements': call('engine', givenFile, takenStatements),
  'sips.import': call('engine', givenFile, importView),
  /** Where main's dialog says; false where nobody chose a place. */
  'sips.export': call(
    'engine',
    sipRef.extend({ form: z.enum(['md', 'sipz']) }),
    z.strictObject({ saved: z.boolean() }),
  ),
  /** As `sips.export`: the SIP's whole way, checked by anybody with `sip audit check`. */
  'sips.audit': call('engine', sipRef, z.strictObject({ saved: z.boolean() })),

  'sources.list': call(
    'engine',
    nothing,
    z.strictObject({ sources: z.array(sourceRow), stored: z.number(), problems: z.array(z.string()) }),
  ),
  'sources.add': call('engine', nothing, z.strictObject({ added: z.boolean() })),
  'sources.remove': call('engine', z.strictObject({ id: z.string().max(64) }), nothing),

  /** A page of the list; null for the one with the newest. */
  'proposals.list': call(
    'engine',
    z.strictObject({ page: z.number().int().min(0).nullable() }),
    proposalPage,
  ),
  'proposals.read': call('engine', transactionRef, proposalView),
  'proposals.simulate': call('engine', transactionRef, localSimulation),
  'proposals.approvals': call('engine', transactionRef, z.array(approval)),
  'proposals.receipts': call('engine', transactionRef, reviewReceipts),
  /** Signs what this console finds in it, and keeps that beside the document. */
  'proposals.give-receipt': call('engine', transactionRef.extend(shownSeat.shape), outcome),
  'proposals.export-receipt': call(
    'engine',
    transactionRef.extend({ id: hash }),
    z.strictObject({ saved: z.boolean() }),
  ),
  'proposals.give-text': call('engine', transactionRef.extend(givenFile.shape), givenText),
  /** `seat` as the button named it: nobody signs with another key than the one that was shown. */
  'proposals.act': call(
    'engine',
    transactionRef.extend({ act, reason, seat: z.string().max(64).nullable().optional() }),
    outcome,
  ),

  'epochs.read': call('engine', nothing, epochs),
  'epochs.activate': call('engine', z.strictObject({ index: z.number().int() }), outcome),
  'epochs.close': call('engine', z.strictObject({ index: z.number().int() }), outcome),
  'registry.read': call('engine', nothing, registry),
  'council.read': call('engine', nothing, council),
  'activity.read': call('engine', nothing, z.array(activityRow)),
  /** Finds out what became of what is unsettled; sends nothing that was not signed before. */
  'activity.settle': call('engine', nothing, nothing),
  'guardian.pause': call('engine', nothing, outcome),
  'network.warp': call(
    'engine',
    z.strictObject({ seconds: z.number().int().min(1).max(31_536_000) }),
    nothing,
  ),
} as const;

export type CallName = keyof typeof CONTRACT;
export type Request<N extends CallName> = z.input<(typeof CONTRACT)[N]['request']>;
export type Response<N extends CallName> = z.output<(typeof CONTRACT)[N]['response']>;
export type EngineCall = {
  [N in CallName]: (typeof CONTRACT)[N]['home'] extends 'engine' ? N : never;
}[CallName];
export type MainCall = Exclude<CallName, EngineCall>;
