import { randomBytes } from 'node:crypto';
import type {
  FromSigner,
  HowToSign,
  KeypairSource,
  ReviewView,
  SignerError,
  SignRequest,
} from '#desktop/shared/signer-protocol.ts';
import type { Address } from '#governance/types.ts';
import { isStatement, type Review, reviewMessage } from '#governance/verify/signing/index.ts';
import { signedInBrowser } from './browser/index.ts';
import { type ConfirmPort, refused, shown } from './confirm-port.ts';
import { signedOnDevice } from './device.ts';
import type { DevicePort } from './device-port.ts';
import { SignerFailure } from './failure.ts';
import { renderSigningRequest } from './handout.ts';
import { withKeypair } from './keypair.ts';
import { signedElsewhere } from './offline.ts';
import { idOf, parseRequest } from './request.ts';
import { verifies } from './verify.ts';

/** What one request brings with it: the confirm window, and the Ledger's process where the key is there. */
export interface Ports {
  readonly confirm?: ConfirmPort | undefined;
  readonly device?: DevicePort | undefined;
}

/** One signature at a time: two windows that ask for one could be confused with each other. */
export class SignerService {
  readonly #pages: string;
  /** @param pages folder of the window's built files, for the page of a browser's wallet */
  constructor(pages: string) {
    this.#pages = pages;
  }

  #current: { readonly id: number; readonly abort: AbortController } | undefined;

  /** Null for what has no answer: an abort, and a message that names no id. */
  async answer(value: unknown, ports: Ports = {}): Promise<FromSigner | null> {
    const id = idOf(value);
    if (id === undefined) {
      closeAll(ports);
      return null;
    }
    const message = parseRequest(value);
    if (message?.kind === 'abort') {
      if (this.#current?.id === id) this.#current.abort.abort();
      return null;
    }
    try {
      if (message === undefined) throw protocol('The signer was asked for something it does not understand.');
      if (message.kind === 'inspect')
        return { id, ok: true, publicKey: await withKeypair(message.path, (publicKey) => publicKey) };
      return { id, ok: true, signature: await this.#alone(id, message, ports) };
    } catch (error) {
      return { id, ok: false, error: plain(error) };
    } finally {
      closeAll(ports);
    }
  }

  async #alone(id: number, request: SignRequest, ports: Ports): Promise<Uint8Array> {
    const { confirm } = ports;
    if (confirm === undefined) throw protocol('There is no confirm window.');
    if (this.#current)
      throw new SignerFailure(
        'SIGNER_BUSY',
        'Another signature is waiting to be confirmed.',
        'Confirm or refuse that one first.',
      );
    const abort = new AbortController();
    this.#current = { id, abort };
    try {
      return await sign(request, { ...ports, confirm }, this.#pages, abort.signal);
    } finally {
      this.#current = undefined;
    }
  }
}

function closeAll({ confirm, device }: Ports): void {
  confirm?.close();
  device?.close();
}

const protocol = (sentence: string): SignerFailure =>
  new SignerFailure('SIGNER_PROTOCOL', sentence, 'Nothing was signed. Start the console again.');

/** Read, show, wait for the token, open the key, sign, check, forget. */
async function sign(
  request: SignRequest,
  { confirm: port, device }: Ports & { readonly confirm: ConfirmPort },
  pages: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { source, publicKey, message, pins, cluster, claim, transactionIndex } = request;
  if (cluster === 'mainnet' && source.kind === 'keypair' && !source.allowMainnet)
    throw new SignerFailure(
      'KEYPAIR_ON_MAINNET',
      'A key in a file does not sign on mainnet.',
      'Nothing was shown and nothing signed. Use a key that is not in a file.',
    );
  // Neither takes the bytes of a statement as they are: each would sign something else, or nothing.
  if (isStatement(message) && (source.kind === 'ledger' || source.kind === 'browser'))
    throw new SignerFailure(
      'STATEMENT_UNSUPPORTED',
      'A Ledger and a wallet of the browser sign transactions here, and no statements.',
      'Nothing was shown and nothing signed. Sign it with a key in a file or on another machine.',
    );
  const reviewed = reviewMessage(message, {
    pins,
    feePayer: publicKey as Address,
    transactionIndex: transactionIndex === null ? null : BigInt(transactionIndex),
  });
  if (!reviewed.ok) {
    const { code, sentence } = reviewed;
    await shown(port, { kind: 'refused', code, sentence }, signal);
    throw new SignerFailure(
      'SIGNING_GRAMMAR',
      `The signer does not sign this (${code}): ${sentence}`,
      'Report this: the console asked for something that it never should.',
    );
  }
  const token = randomBytes(32).toString('hex');
  const review: ReviewView = {
    ...viewOf(reviewed.review),
    ...(isStatement(message) && { statement: true as const }),
  };
  const how: HowToSign =
    source.kind === 'offline'
      ? { kind: source.kind, handout: renderSigningRequest(request) }
      : { kind: source.kind };
  const shows = { kind: 'review', token, review, claim, cluster, publicKey, how } as const;
  if (source.kind === 'offline') return signedElsewhere(request, port, signal, shows);
  const said = await shown(port, shows, signal);
  if (signal.aborted || said?.kind !== 'sign' || said.token !== token) throw refused();
  if (source.kind === 'browser') return signedInBrowser(request, pages, port, signal, shows);
  if (source.kind === 'keypair') return signedHere(request, source);
  if (device === undefined) throw protocol('There is no way to the Ledger.');
  return signedOnDevice(request, source, device, port, signal);
}

function signedHere({ message, publicKey }: SignRequest, { path }: KeypairSource): Promise<Uint8Array> {
  return withKeypair(path, (found, signWith) => {
    if (found !== publicKey)
      throw new SignerFailure(
        'KEYPAIR_MISMATCH',
        `The file holds the key ${found}, not ${publicKey}.`,
        'Choose the key again.',
      );
    const signature = signWith(message);
    if (!verifies(signature, message, publicKey))
      throw new SignerFailure(
        'SIGNATURE_INVALID',
        'The signature does not verify.',
        'Report this; nothing was sent.',
      );
    return signature;
  });
}

function viewOf({
  kind,
  title,
  lines,
  inner,
  messageHash,
  transactionIndex,
  announcement,
}: Review): ReviewView {
  return {
    kind,
    title,
    lines,
    inner,
    messageHash,
    transactionIndex: transactionIndex?.toString() ?? null,
    announcement: announcement && { sip: announcement.number, digest: announcement.digest },
  };
}

function plain(error: unknown): SignerError {
  if (error instanceof SignerFailure)
    return { code: error.code, sentence: error.sentence, remedy: error.remedy };
  // Whatever it is, its text could quote a file: it is not passed on.
  return {
    code: 'INTERNAL',
    sentence: 'The signer failed in a way it does not know.',
    remedy: 'Report this; nothing was signed.',
  };
}
