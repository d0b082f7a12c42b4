import { bytesToHex } from '@noble/hashes/utils';
import bs58 from 'bs58';
import { useEffect, useState } from 'react';
import type { ReviewView } from '#desktop/shared/signer-protocol.ts';
import type { WalletRequest } from '#desktop/shared/wallet-protocol.ts';
import { Button } from '../components/parts.tsx';
import { ClaimLine, HashLines, ReviewLines } from '../components/review.tsx';
import { fromBase64 } from './base64.ts';
import { giveAnswer } from './signer.ts';
import { type SolanaWallet, signWith, WalletFailure, watchWallets } from './wallets.ts';

type End = 'signed' | 'refused' | 'gone';

/** What the signer asks a wallet of this browser for. The hash is this page's own count over what the wallet gets. */
export function Wallet({ request: opening }: { readonly request: Promise<WalletRequest> }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [end, setEnd] = useState<End | null>(null);
  useEffect(() => {
    opening
      .then(async (request) => setOpened({ request, hash: await hashOf(request) }))
      .catch(() => setEnd('gone'));
  }, [opening]);
  if (end !== null) return <Ended end={end} />;
  if (opened === null) return <main className="confirm" aria-busy="true" />;
  return <Asked {...opened} onEnd={setEnd} />;
}

interface Opened {
  readonly request: WalletRequest;
  readonly hash: ReviewView['messageHash'];
}

async function hashOf({ transaction, messageOffset }: WalletRequest): Promise<ReviewView['messageHash']> {
  const message = fromBase64(transaction).subarray(messageOffset);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', message));
  return { base58: bs58.encode(hash), hex: bytesToHex(hash) };
}

function Asked({ request, hash, onEnd }: Opened & { readonly onEnd: (end: End) => void }) {
  const { token, review, claim, cluster, publicKey } = request;
  const [wallets, setWallets] = useState<readonly SolanaWallet[]>([]);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  useEffect(() => watchWallets(setWallets), []);

  const during = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure('');
    try {
      await work();
    } catch (error) {
      if (error instanceof WalletFailure) setFailure(error.message);
      else onEnd('gone');
    }
    setBusy(false);
  };
  const sign = (wallet: SolanaWallet) =>
    during(async () => {
      const transaction = await signWith(wallet, request);
      const reply = await giveAnswer({ token, kind: 'signed', transaction });
      if (reply.kind === 'foreign') throw new WalletFailure(reply.sentence);
      onEnd('signed');
    });
  const refuse = () =>
    during(async () => {
      await giveAnswer({ token, kind: 'refused' });
      onEnd('refused');
    });

  return (
    <main className="confirm">
      <h1>{review.title}</h1>
      <ReviewLines review={review} publicKey={publicKey} cluster={cluster} />
      <HashLines hash={hash} />
      <ClaimLine claim={claim} />
      <p className="src">
        Compare the hash with the one in the console’s own window, and with your wallet’s device if it has
        one.
      </p>
      {failure !== '' && (
        <p className="failure" role="alert">
          {failure} Nothing was sent.
        </p>
      )}
      {wallets.length === 0 && (
        <p className="card pad">
          No Solana wallet announces itself in this browser. Stop here, then ask again in the console and open
          the page in the browser that has it.
        </p>
      )}
      <div className="buttons">
        <Button disabled={busy} onPress={() => void refuse()}>
          Do not sign
        </Button>
        {wallets.map((wallet) => (
          <Button key={wallet.name} kind="primary" disabled={busy} onPress={() => void sign(wallet)}>
            Sign with {wallet.name}
          </Button>
        ))}
      </div>
    </main>
  );
}

const SAYS: Readonly<Record<End, readonly [title: string, text: string]>> = {
  signed: [
    'Signed',
    'Go back to the console: it checks the signature and sends it. This page can be closed.',
  ],
  refused: ['Not signed', 'Nothing was sent. This page can be closed.'],
  gone: [
    'Nothing is asked for here any more',
    'The page opens once, and only while the console waits for it. Ask again in the console; nothing was signed here.',
  ],
};

const Ended = ({ end }: { readonly end: End }) => {
  const [title, text] = SAYS[end];
  return (
    <main className="confirm">
      <h1>{title}</h1>
      <p>{text}</p>
    </main>
  );
};
