import type { ClusterName } from './schema.ts';

/** Solana's public clusters. Testnet is reset now and then, so its genesis hash is not pinned. */
interface Cluster {
  readonly name: ClusterName;
  readonly endpoint: string;
  readonly genesisHash?: string;
}

const CLUSTERS: Readonly<Record<'mainnet-beta' | 'testnet' | 'devnet' | 'localhost', Cluster>> = {
  'mainnet-beta': {
    name: 'mainnet',
    endpoint: 'https://api.mainnet-beta.solana.com',
    genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
  },
  testnet: { name: 'testnet', endpoint: 'https://api.testnet.solana.com' },
  devnet: {
    name: 'devnet',
    endpoint: 'https://api.devnet.solana.com',
    genesisHash: 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG',
  },
  localhost: { name: 'local', endpoint: 'http://localhost:8899' },
};

/** A map: what is looked up is anybody's text, and an object would also know "constructor". */
const MONIKERS: ReadonlyMap<string, keyof typeof CLUSTERS> = new Map([
  ['m', 'mainnet-beta'],
  ['mainnet-beta', 'mainnet-beta'],
  ['mainnet', 'mainnet-beta'],
  ['t', 'testnet'],
  ['testnet', 'testnet'],
  ['d', 'devnet'],
  ['devnet', 'devnet'],
  ['l', 'localhost'],
  ['localhost', 'localhost'],
]);

/** A URL as it is, Solana's monikers (m, t, d, l and the full names) as theirs. */
export function endpointOf(urlOrMoniker: string): string {
  const name = MONIKERS.get(urlOrMoniker);
  return name === undefined ? urlOrMoniker : CLUSTERS[name].endpoint;
}

/** The genesis hash that Solana's own name promises; undefined for a URL, testnet and localhost. */
export function genesisOfMoniker(urlOrMoniker: string): string | undefined {
  const name = MONIKERS.get(urlOrMoniker);
  return name === undefined ? undefined : CLUSTERS[name].genesisHash;
}

/** Which cluster answers, by its genesis hash and never by its URL. */
export function clusterOf(genesisHash: string): ClusterName {
  const found = Object.values(CLUSTERS).find((cluster) => cluster.genesisHash === genesisHash);
  return found?.name ?? 'local';
}
