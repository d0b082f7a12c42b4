import type { ProfileRow } from '#desktop/shared/views/index.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import { clusterOf, endpointOf, genesisOfMoniker } from '#governance/profile/clusters.ts';
import { EMBEDDED, isProfileName, QUORUMS, type Quorum } from '#governance/profile/schema.ts';
import {
  listProfiles,
  parseProfile,
  readProfile,
  removeProfile,
  writeProfile,
} from '#governance/profile/store.ts';
import { readCouncil } from '#governance/venues/squads/state.ts';
import type { Engine, Handlers } from '../engine.ts';
import { sentencesOf } from '../failure.ts';

/** The profiles of the data folder, which the command line has in common with the window. */
export const profiles = {
  async 'profiles.list'(engine) {
    const names = await listProfiles(engine.files);
    const current = engine.preferences.profile;
    const others = await Promise.all(names.map((name) => rowOf(engine, name, name === current)));
    const gone = current !== EMBEDDED && !names.includes(current);
    return [
      embeddedRow(engine, current === EMBEDDED),
      ...others,
      ...(gone ? [await rowOf(engine, current, true)] : []),
    ];
  },

  async 'profiles.use'(engine, { name }) {
    if (name !== EMBEDDED) await readProfile(engine.files, name);
    await engine.use(name);
    return {};
  },

  /** The genesis hash is asked for and pinned, so that no other cluster can answer later; the council has to be there. */
  async 'profiles.add'({ files, outside }, { name, endpoints, council, programId }) {
    if (!isProfileName(name) || name === EMBEDDED)
      throw new SipError('USAGE', {
        detail: `"${name}" is no name for a profile: lower-case letters, digits and hyphens, at most 32, and not "${EMBEDDED}"`,
      });
    if ((await listProfiles(files)).includes(name))
      throw new SipError('USAGE', { detail: `there is a profile "${name}" already` });
    const given = endpoints.map((text) => text.trim()).filter((text) => text !== '');
    const [first = ''] = given;
    const addresses = given.map(endpointOf);
    // None is connected to before each is known to be an address and its person has seen whom it names.
    const [rpc] = addresses.map((address) => connectRpc(address, { timer: systemTimer }));
    if (rpc === undefined) throw new SipError('USAGE', { detail: 'a profile needs an endpoint' });
    const hosts = [...new Set(addresses.map((address) => new URL(address).host))];
    if (!(await outside.allow(hosts)))
      throw new SipError('USAGE', { detail: `nobody allowed a connection to ${hosts.join(', ')}` });
    const genesisHash = genesisOfMoniker(first) ?? (await rpc.genesisHash());
    const value = {
      schemaVersion: 1,
      name,
      cluster: clusterOf(genesisHash),
      endpoints: addresses,
      genesisHash,
      council: council.trim(),
      programId: programId.trim(),
    };
    const profile = parseProfile(new TextEncoder().encode(JSON.stringify(value)), name);
    for (const endpoint of profile.endpoints) {
      const pinned = connectRpc(endpoint, { timer: systemTimer, expectedGenesisHash: genesisHash });
      await readCouncil(pinned, profile.council);
    }
    await writeProfile(files, profile);
    return {};
  },

  async 'profiles.remove'(engine, { name }) {
    if (name === EMBEDDED)
      throw new SipError('USAGE', { detail: `the profile "${EMBEDDED}" is the console's own and stays` });
    await removeProfile(engine.files, name);
    if (engine.preferences.profile === name) await engine.use(EMBEDDED);
    return {};
  },
} satisfies Partial<Handlers>;

function embeddedRow({ ready }: Engine, current: boolean): ProfileRow {
  const pins = current ? ready?.pins : undefined;
  return {
    name: EMBEDDED,
    current,
    facts: {
      cluster: 'embedded',
      hosts: 1,
      quorum: 'this computer alone',
      genesisHash: null,
      council: pins?.council ?? null,
      programId: pins?.programId ?? null,
    },
    problem: null,
  };
}

async function rowOf({ files }: Engine, name: string, current: boolean): Promise<ProfileRow> {
  try {
    const { endpoints, genesisHash, council, programId, cluster } = await readProfile(files, name);
    const found = genesisHash === undefined ? (cluster ?? 'local') : clusterOf(genesisHash);
    const hosts = new Set(endpoints.map((endpoint) => new URL(endpoint).hostname)).size;
    return {
      name,
      current,
      facts: {
        cluster: found,
        hosts,
        quorum: quorumText(QUORUMS[found]),
        genesisHash: genesisHash ?? null,
        council,
        programId,
      },
      problem: null,
    };
  } catch (error) {
    if (!isSipError(error)) throw error;
    return { name, current, facts: null, problem: sentencesOf(error) };
  }
}

const quorumText = ({ agree, of, commitment }: Quorum): string => `${agree} of ${of} at ${commitment}`;
