import { randomUUID } from 'node:crypto';
import type { SignerRow } from '#desktop/shared/views/index.ts';
import { isAddress } from '#governance/base58.ts';
import { SipError } from '#governance/errors.ts';
import type { Engine, Handlers } from '../engine.ts';
import type { SignerEntry } from '../settings.ts';

/** The keys that a user added besides those of the profile: where each is, never what it is. */
export const signers = {
  async 'signers.list'(engine) {
    return engine.preferences.signers.map((entry) => rowOf(engine, entry));
  },

  async 'signers.add'(engine, asked) {
    const id = randomUUID();
    if (asked.kind === 'ledger') {
      const { path, publicKey } = await engine.outside.ledgerShow(asked.path);
      await add(engine, { id, kind: 'ledger', name: asked.name, publicKey, path });
      return { added: true };
    }
    if (asked.kind !== 'keypair') {
      const publicKey = asked.publicKey.trim();
      if (!isAddress(publicKey))
        throw new SipError('USAGE', { detail: `"${publicKey}" is no public key: base58 of 32 bytes` });
      await add(engine, { id, kind: asked.kind, name: asked.name, publicKey });
      return { added: true };
    }
    const path = await engine.outside.choose('file', 'Keypair file');
    if (path === null) return { added: false };
    const publicKey = await engine.outside.inspect(path);
    const { name, allowMainnet } = asked;
    await add(engine, { id, kind: 'keypair', name, publicKey, path, allowMainnet });
    return { added: true };
  },

  async 'signers.ledger'(engine, { account }) {
    return [...(await engine.outside.ledgerAddresses(account))];
  },

  async 'signers.remove'(engine, { id }) {
    const { signers: before, seats } = engine.settings.now;
    // Nobody signs on with a key that is gone.
    const left = Object.fromEntries(
      Object.entries(seats).map(([profile, seat]) => [profile, seat === id ? null : seat]),
    );
    await engine.settings.change({ signers: before.filter((one) => one.id !== id), seats: left });
    return {};
  },
} satisfies Partial<Handlers>;

async function add({ settings }: Engine, entry: SignerEntry): Promise<void> {
  const known = settings.now.signers.find(
    ({ kind, publicKey }) => kind === entry.kind && publicKey === entry.publicKey,
  );
  if (known)
    throw new SipError('USAGE', { detail: `this key is there already, as "${known.name}"; remove it first` });
  await settings.change({ signers: [...settings.now.signers, entry] });
}

function rowOf({ ready }: Engine, entry: SignerEntry): SignerRow {
  const { id, name, kind, publicKey } = entry;
  const seat = ready?.seats.find((one) => one.id === id);
  const heardOf = ready?.lastSnapshot() !== undefined;
  return {
    id,
    name,
    kind,
    publicKey,
    permissions: seat && heardOf ? seat.permissions : null,
    mainnet: entry.kind !== 'keypair' || entry.allowMainnet,
  };
}
