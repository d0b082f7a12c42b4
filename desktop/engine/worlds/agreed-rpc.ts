import type { ChainReader, Rpc, Timer } from '#governance/chain/ports.ts';
import { quorumReader } from '#governance/chain/quorum.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import type { Quorum } from '#governance/profile/schema.ts';

/** What a look rests on, and what a signature rests on. */
export interface Agreed {
  /** Accounts and clock as the quorum agrees; while it does not, the first endpoint's word. */
  readonly looking: Rpc;
  /** @throws SipError QUORUM_MISSED by getAccounts and clock */
  readonly signing: Rpc;
  /** As of the last reading; null while the quorum agrees. */
  disagreement(): SipError | null;
}

/**
 * @param rpcs one for each distinct host, the first is the one that sends
 * Below the quorum the console looks but does not sign.
 */
export function agreedRpc(rpcs: readonly [Rpc, ...Rpc[]], quorum: Quorum, timer: Timer): Agreed {
  const [first] = rpcs;
  const { agree, of } = quorum;
  if (agree <= 1) return { looking: first, signing: first, disagreement: () => null };
  let missed: SipError | null = null;
  if (rpcs.length < agree) {
    missed = new SipError('QUORUM_MISSED', { agreeing: rpcs.length, needed: agree, asked: rpcs.length });
    const refuse = async (): Promise<never> => {
      throw missed;
    };
    return {
      looking: first,
      signing: { ...first, getAccounts: refuse, clock: refuse },
      disagreement: () => missed,
    };
  }
  const chosen = [first, ...rpcs.slice(1, of)] as const;
  const strict = quorumReader(chosen, { agree, timer });
  const quick = quorumReader(chosen, { agree, timer, attempts: 1 });
  const looked = async <T>(agreed: Promise<T>, alone: () => Promise<T>): Promise<T> => {
    try {
      const value = await agreed;
      missed = null;
      return value;
    } catch (error) {
      if (!isSipError(error, 'QUORUM_MISSED')) throw error;
      missed = error;
      return alone();
    }
  };
  const looks: Pick<ChainReader, 'getAccounts' | 'clock'> = {
    getAccounts: (keys) => looked(quick.getAccounts(keys), () => first.getAccounts(keys)),
    clock: () => looked(quick.clock(), () => first.clock()),
  };
  return {
    looking: { ...first, ...looks },
    signing: { ...first, getAccounts: strict.getAccounts, clock: strict.clock },
    disagreement: () => missed,
  };
}
