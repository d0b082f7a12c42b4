import type { SignRequest, ToConfirm } from '#desktop/shared/signer-protocol.ts';
import type { WalletReply, WalletRequest } from '#desktop/shared/wallet-protocol.ts';
import { type ConfirmPort, refused } from '../confirm-port.ts';
import { SignerFailure } from '../failure.ts';
import { verifies } from '../verify.ts';
import { type Page, servePage } from './page.ts';
import { signatureIn, unsigned } from './transaction.ts';

/** A wallet may be set to add something of its own; its person can change that and sign again. */
const MOST_TRIES = 8;
const SAYS = {
  changed:
    'The wallet changed the transaction before it signed, and such a signature is of other bytes than those that were confirmed. Turn off what it adds (fees, protections) and sign again.',
  absent: 'The wallet gave no signature of this key.',
  invalid: 'This is no signature of this message by this key.',
} as const;

/** Serves one page for a wallet of the browser and takes what it signed, if it is of the bytes that were confirmed. */
export async function signedInBrowser(
  request: SignRequest,
  pages: string,
  port: ConfirmPort,
  signal: AbortSignal,
  { review, claim }: Pick<Extract<ToConfirm, { kind: 'review' }>, 'review' | 'claim'>,
): Promise<Uint8Array> {
  const { message, publicKey, cluster } = request;
  const { transaction, messageOffset, version } = unsigned(message);
  const asked: Omit<WalletRequest, 'token'> = {
    publicKey,
    cluster,
    transaction: Buffer.from(transaction).toString('base64'),
    version,
    messageOffset,
    review,
    claim,
  };
  let serving: Promise<Page> | undefined;
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      const stop = () => reject(refused());
      port.onMessage(stop);
      port.onClose(stop);
      signal.addEventListener('abort', stop, { once: true });
      let tries = 0;
      const answer = ({ kind, transaction }: Readonly<Record<string, unknown>>): WalletReply => {
        if (kind === 'refused') {
          stop();
          return { kind: 'taken' };
        }
        const signed = Buffer.from(typeof transaction === 'string' ? transaction : '', 'base64');
        const found = signatureIn(signed, message, publicKey);
        if (typeof found !== 'string' && verifies(found, message, publicKey)) {
          resolve(found);
          return { kind: 'taken' };
        }
        const sentence = SAYS[typeof found === 'string' ? found : 'invalid'];
        tries += 1;
        if (tries >= MOST_TRIES)
          reject(new SignerFailure('SIGNATURE_FOREIGN', sentence, 'Nothing was sent. Use another wallet.'));
        return { kind: 'foreign', sentence };
      };
      serving = servePage({ folder: pages, request: (token) => ({ ...asked, token }), answer });
      serving.then(
        ({ url }) => port.post({ kind: 'page', url }),
        () => reject(unserved()),
      );
    });
  } finally {
    const page = await serving?.catch(() => undefined);
    await page?.close();
  }
}

const unserved = (): SignerFailure =>
  new SignerFailure(
    'WALLET_PAGE_FAILED',
    'The page for the browser’s wallet could not be opened on this computer.',
    'Nothing was signed. Start the console again; if it stays so, use another signer.',
  );
