import { isSipError, SipError } from '../errors.ts';
import type { Sent } from '../types.ts';
import type { Rpc } from './ports.ts';

/** What has been handed to a cluster, for the sentence that every failure and every interruption owes. */
export class Sending {
  readonly #sent = new Map<string, boolean>();

  /** The same Rpc, watched. */
  watch<R extends Rpc>(rpc: R): R {
    return {
      ...rpc,
      sendRaw: async (bytes) => {
        const { signatureOf } = await import('./deliver.ts');
        const signature = signatureOf(bytes);
        if (!this.#sent.has(signature)) this.#sent.set(signature, false);
        return rpc.sendRaw(bytes);
      },
      signatureOutcome: async (signature, searchHistory) => {
        const outcome = await rpc.signatureOutcome(signature, searchHistory);
        if (outcome !== null && this.#sent.has(signature)) this.#sent.set(signature, true);
        return outcome;
      },
    };
  }

  get sent(): Sent {
    if (this.#sent.size === 0) return 'no';
    return [...this.#sent.values()].every(Boolean) ? 'yes' : 'unknown';
  }

  /** Signatures that were handed over and not seen on chain by this run. */
  get unseen(): readonly string[] {
    return [...this.#sent].filter(([, seen]) => !seen).map(([signature]) => signature);
  }

  /** An error that knows what became of a signature settles it. */
  worseOf({ sent, facts }: SipError): Sent {
    if (sent === 'yes' && typeof facts.signature === 'string') this.#sent.set(facts.signature, true);
    return this.worse(sent);
  }

  /** What an error of its own knows, and what this run has sent besides. */
  worse(own: Sent): Sent {
    if (own === 'unknown' || this.sent === 'unknown') return 'unknown';
    return own === 'yes' ? 'yes' : this.sent;
  }
}

/** A failure of `work`, thrown or given back, says what was sent by then, whichever step it comes from. */
export async function tellingSent<T>(rpc: Rpc, work: (rpc: Rpc) => Promise<T>): Promise<T> {
  const sending = new Sending();
  const told = (error: SipError): SipError => {
    const sent = sending.worseOf(error);
    return sent === error.sent ? error : new SipError(error.code, error.facts, { sent, cause: error });
  };
  try {
    const result = await work(sending.watch(rpc));
    return isNotDone(result) ? { ...result, error: told(result.error) } : result;
  } catch (error) {
    throw isSipError(error) ? told(error) : error;
  }
}

const isNotDone = (result: unknown): result is { readonly error: SipError } =>
  typeof result === 'object' && result !== null && 'error' in result && isSipError(result.error);
