import {
  type ToOpen,
  WALLET_PATHS,
  type WalletAnswer,
  type WalletReply,
  type WalletRequest,
} from '#desktop/shared/wallet-protocol.ts';

/** The signer's process at the other end of this page's own address. */

/** @throws Error where the page was opened before or the console asks for nothing any more */
export const openRequest = (token: string): Promise<WalletRequest> =>
  post<WalletRequest>(WALLET_PATHS.request, { token } satisfies ToOpen);

export const giveAnswer = (answer: WalletAnswer): Promise<WalletReply> =>
  post<WalletReply>(WALLET_PATHS.answer, answer);

async function post<T>(path: string, body: object): Promise<T> {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as T;
}
