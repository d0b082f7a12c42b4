import type { Rpc } from '#governance/chain/ports.ts';
import type { Sent } from '#governance/types.ts';

/** What this run has handed to a cluster, for the sentence that every failure and every interruption owes. */
export class Sending {
  readonly #sent = new Map<string, boolean>();

  /** The same Rpc, watched. */
  watch<R extends Rpc>(rpc: R): R {
    return {
      ...rpc,
      sendRaw: async (bytes) => {
        const { signatureOf } = await import('#governance/chain/deliver.ts');
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

  /** What an error of its own knows, and what this run has sent besides. */
  worse(own: Sent): Sent {
    if (own === 'unknown' || this.sent === 'unknown') return 'unknown';
    return own === 'yes' ? 'yes' : this.sent;
  }
}
