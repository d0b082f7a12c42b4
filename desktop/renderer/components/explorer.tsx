import type { AppState } from '#desktop/shared/views/index.ts';
import { useView } from '../use-call.ts';
import { Copy } from './copy.tsx';

/** By the names that explorers give clusters; the embedded network and a local one are on none. */
const CLUSTER: Readonly<Record<string, string>> = {
  mainnet: '',
  devnet: '?cluster=devnet',
  testnet: '?cluster=testnet',
};
const SITES = {
  solana: { address: 'https://explorer.solana.com/address/', signature: 'https://explorer.solana.com/tx/' },
  solscan: { address: 'https://solscan.io/account/', signature: 'https://solscan.io/tx/' },
} as const;

type Kind = 'address' | 'signature';

/** Null where no explorer can know it. It names the cluster, never the endpoint. */
export function explorerLink(
  { explorer, network }: Pick<AppState, 'explorer' | 'network'>,
  kind: Kind,
  what: string,
): string | null {
  const cluster = CLUSTER[network?.cluster ?? ''];
  if (explorer === 'none' || cluster === undefined) return null;
  return `${SITES[explorer][kind]}${what}${cluster}`;
}

/** Copied, not opened: the console opens no address of others by itself. */
export function ExplorerLink({ kind, what }: { readonly kind: Kind; readonly what: string }) {
  const { data } = useView('state.read', {});
  const link = data && explorerLink(data, kind, what);
  return link ? <Copy text={link} label="Copy explorer link" /> : null;
}
