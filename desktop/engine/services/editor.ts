import { MAX_TEXT } from '#desktop/shared/contract.ts';
import type { ActionKindView } from '#desktop/shared/views/index.ts';
import type { AnyActionModule } from '#governance/actions/action.ts';
import { ACTIONS, actionOf } from '#governance/actions/registry.ts';
import { renderAmount } from '#governance/actions/values.ts';
import { isAddress } from '#governance/base58.ts';
import { SipError } from '#governance/errors.ts';
import { viewEpochs } from '#governance/lifecycle/epochs.ts';
import { readMintFacts } from '#governance/lifecycle/mint-facts.ts';
import { checkValues, readBlock, replaceBlock, validUntilText } from '#governance/sip/edit-block.ts';
import { isSipFileName } from '#governance/sip/file-name.ts';
import type { Address } from '#governance/types.ts';
import { draftsOf, dropDraft, keepDraft, readDraft } from '../drafts.ts';
import type { Handlers } from '../engine.ts';
import { newDraft } from '../new-draft.ts';

/** A document on its way: the form and the text are two views of it, and nothing typed is lost. */

const DAY_SECONDS = 86_400n;
/** An amended epoch opens after the council had time to vote and the time lock has passed. */
const OPENS_AFTER_DAYS = 7n;
const USUAL_AUTHORS = 'Solayer Core (@solayer_labs)';

export const editor = {
  async 'actions.list'() {
    const modules: readonly AnyActionModule[] = ACTIONS;
    // Fields are data of the very shape that the contract checks at the door.
    return modules.map(
      ({ kind, title, summary, fields }) => ({ kind, title, summary, fields }) as unknown as ActionKindView,
    );
  },

  async 'mint.read'({ world }, { mint }) {
    if (!isAddress(mint)) throw new SipError('USAGE', { detail: `"${mint}" is no address` });
    const facts = await readMintFacts(world.rpc, world.pins, mint as Address);
    if (facts === null) return null;
    const { supplyBaseUnits, pool } = facts;
    return {
      ...facts,
      supplyBaseUnits: supplyBaseUnits.toString(),
      pool: pool && { ...pool, capBaseUnits: pool.capBaseUnits.toString() },
    };
  },

  async 'sips.draft'({ world }, { kind, title, author }) {
    if (actionOf(kind) === undefined) throw new SipError('USAGE', { detail: `"${kind}" is no action` });
    return newDraft(world, { title, authors: author, action: { kind, params: {} } });
  },

  async 'sips.draft-for-epoch'({ world }, { index, what }) {
    const { pins, documents } = world;
    const snapshot = await world.snapshot();
    const view = viewEpochs(snapshot, pins, documents.library).find((one) => one.index === index);
    if (view === undefined) throw new SipError('USAGE', { detail: `epoch ${index} is not scheduled` });
    const author = documents.library.byNumber(view.scheduledBy)?.header.authors ?? USUAL_AUTHORS;
    if (what === 'cancel') {
      const title = `Cancel restaking Epoch ${index}, which missed its window`;
      return newDraft(world, { title, authors: author, action: { kind: 'cancel-epoch', params: { index } } });
    }
    const { opensAt, closesAt, access, withdrawals } = view.epoch.terms;
    const opens = snapshot.scan.now - (snapshot.scan.now % DAY_SECONDS) + OPENS_AFTER_DAYS * DAY_SECONDS;
    const params = {
      index,
      'opens-at': validUntilText(opens),
      'closes-at': closesAt === null ? 'none' : validUntilText(opens + closesAt - opensAt),
      access,
      withdrawals: withdrawals ? 'on' : 'off',
      caps: view.caps.map(({ mint, symbol, decimals, cap }) => ({
        mint,
        symbol,
        decimals,
        cap: renderAmount(cap, decimals),
      })),
    };
    const title = `Amend restaking Epoch ${index}: a new window`;
    return newDraft(world, { title, authors: author, action: { kind: 'amend-epoch', params } });
  },

  async 'sips.edit'({ world }, { sip: number }) {
    await world.documents.refresh();
    const saved = world.documents.library.byNumber(number);
    const kept = (await draftsOf(world)).find(({ sip }) => sip === number);
    if (kept === undefined) {
      const { file: fileName, text } = world.documents.sip(number);
      return { fileName, text, saved: text, restored: false };
    }
    const text = await readDraft(world, kept.fileName);
    return { fileName: kept.fileName, text, saved: saved?.text ?? null, restored: text !== saved?.text };
  },

  async 'sips.keep'({ world }, { fileName, text }) {
    if (!isSipFileName(fileName)) throw new SipError('USAGE', { detail: `${fileName} is no name of a SIP` });
    const saved = world.documents.files.find(({ file }) => file === fileName);
    if (saved && new TextDecoder().decode(saved.bytes) === text) await dropDraft(world, fileName);
    else await keepDraft(world, fileName, text);
    return {};
  },

  async 'sips.drop'({ world }, { fileName }) {
    await dropDraft(world, fileName);
    return {};
  },

  'sips.unsaved': ({ world }) => draftsOf(world),

  async 'sips.block'(_, { text }) {
    const block = readBlock(text);
    if (block === null) return { block: null, problems: [] };
    const { validUntil, actions } = block;
    return {
      block: { validUntil, actions: actions.map(({ kind, values }) => ({ kind, values: { ...values } })) },
      problems: actions.map((action) => [...checkValues(action)]),
    };
  },

  async 'sips.set-block'(_, { text, block }) {
    const changed = replaced(text, block);
    if (changed === null)
      throw new SipError('USAGE', { detail: 'the text has no actions block that can be replaced' });
    if (changed.length > MAX_TEXT)
      throw new SipError('USAGE', { detail: `the text would have more than ${MAX_TEXT} characters` });
    return { text: changed };
  },
} satisfies Partial<Handlers>;

/** @throws SipError USAGE for a value that a block cannot hold */
function replaced(text: string, block: Parameters<typeof replaceBlock>[1]): string | null {
  try {
    return replaceBlock(text, block);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new SipError('USAGE', { detail: `${error.message}: only plain ASCII text goes there` });
  }
}
