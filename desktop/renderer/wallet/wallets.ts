import type {
  SolanaSignTransactionFeature,
  SolanaTransactionVersion,
} from '@solana/wallet-standard-features';
import { SolanaSignTransaction } from '@solana/wallet-standard-features';
import { getWallets } from '@wallet-standard/app';
import type { Wallet, WalletAccount } from '@wallet-standard/base';
import { StandardConnect, type StandardConnectFeature } from '@wallet-standard/features';
import type { Cluster } from '#desktop/shared/signer-protocol.ts';
import type { WalletRequest } from '#desktop/shared/wallet-protocol.ts';
import { fromBase64, toBase64 } from './base64.ts';

const CHAINS: Readonly<Record<Cluster, `solana:${string}`>> = {
  embedded: 'solana:localnet',
  local: 'solana:localnet',
  devnet: 'solana:devnet',
  testnet: 'solana:testnet',
  mainnet: 'solana:mainnet',
};

export type SolanaWallet = Wallet & {
  readonly features: StandardConnectFeature & SolanaSignTransactionFeature;
};

/** Wallets of this browser that can sign a Solana transaction, now and as they announce themselves. */
export function watchWallets(hear: (wallets: readonly SolanaWallet[]) => void): () => void {
  const { get, on } = getWallets();
  const tell = () => hear(get().filter(canSign));
  tell();
  const ends = [on('register', tell), on('unregister', tell)];
  return () => {
    for (const end of ends) end();
  };
}

const canSign = (wallet: Wallet): wallet is SolanaWallet =>
  StandardConnect in wallet.features && SolanaSignTransaction in wallet.features;

/** Why a wallet gave no signature; its text is for the person at it. */
export class WalletFailure extends Error {}

/** The transaction as the wallet signed it, base64. @throws WalletFailure */
export async function signWith(wallet: SolanaWallet, request: WalletRequest): Promise<string> {
  const account = await accountOf(wallet, request.publicKey);
  const { signTransaction, supportedTransactionVersions } = wallet.features[SolanaSignTransaction];
  if (!supportedTransactionVersions.includes(request.version as SolanaTransactionVersion))
    throw new WalletFailure('This wallet can’t sign a transaction of this version. Use another one.');
  const chain = CHAINS[request.cluster];
  const transaction = fromBase64(request.transaction);
  const [signed] = await signTransaction({ account, transaction, chain }).catch(refusal);
  if (signed === undefined) throw new WalletFailure('The wallet gave nothing back.');
  return toBase64(signed.signedTransaction);
}

async function accountOf(wallet: SolanaWallet, publicKey: string): Promise<WalletAccount> {
  const { accounts } = await wallet.features[StandardConnect].connect().catch(refusal);
  const account = accounts.find(({ address }) => address === publicKey);
  if (account !== undefined) return account;
  throw new WalletFailure(`This wallet did not offer the key ${publicKey}. Choose that account in it.`);
}

function refusal(error: unknown): never {
  throw new WalletFailure(
    `The wallet did not sign: ${error instanceof Error ? error.message : 'it gave no reason'}.`,
  );
}
