import type { ChainReader, Rpc, Timer } from '#governance/chain/ports.ts';
import { quorumReader } from '#governance/chain/quorum.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import type { Quorum } from '#governance/profile/schema.ts';

type AgreedUpon = 'getAccounts' | 'getProgramAccounts' | 'clock';

/** What a look rests on, and what a signature rests on. */
export interface Agreed {
  /** Accounts and clock as the quorum agrees; while it does not, the first endpoint's word. */
  readonly looking: Rpc;
  /** @throws SipError QUORUM_MISSED, ENDPOINT_DISSENTS by what is agreed upon */
  readonly signing: Rpc;
  /** As of the last reading; null while the quorum agrees. */
  disagreement(): SipError | null;
  /** An endpoint that answered otherwise than those that agree; kept until the console is closed. */
  dissent(): SipError | null;
}

/**
 * @param rpcs one for each distinct host, the first is the one that sends
 * Below the quorum the console looks but does not sign.
 */
export function agreedRpc(rpcs: readonly [Rpc, ...Rpc[]], quorum: Quorum, timer: Timer): Agreed {
  const [first] = rpcs;
  const { agree, of } = quorum;
  if (agree <= 1) return { looking: first, signing: first, disagreement: () => null, dissent: () => null };
  let missed: SipError | null = null;
  if (rpcs.length < agree) {
    missed = new SipError('QUORUM_MISSED', { agreeing: rpcs.length, needed: agree, asked: rpcs.length });
    const refuse = async (): Promise<never> => {
      throw missed;
    };
    return {
      looking: first,
      signing: { ...first, getAccounts: refuse, getProgramAccounts: refuse, clock: refuse },
      disagreement: () => missed,
      dissent: () => null,
    };
  }
  const chosen = [first, ...rpcs.slice(1, of)] as const;
  let dissent: SipError | null = null;
  const onDissent = (names: readonly string[]) => {
    dissent = new SipError('ENDPOINT_DISSENTS', { endpoints: names.join(', ') });
  };
  const strict = quorumReader(chosen, { agree, timer, onDissent, refuseDissent: true });
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
  const looks: Pick<ChainReader, AgreedUpon> = {
    getAccounts: (keys) => looked(quick.getAccounts(keys), () => first.getAccounts(keys)),
    getProgramAccounts: (programId, filter) =>
      looked(quick.getProgramAccounts(programId, filter), () => first.getProgramAccounts(programId, filter)),
    clock: () => looked(quick.clock(), () => first.clock()),
  };
  return {
    looking: { ...first, ...looks },
    signing: { ...first, ...pick(strict) },
    disagreement: () => missed,
    dissent: () => dissent,
  };
}

const pick = ({ getAccounts, getProgramAccounts, clock }: ChainReader): Pick<ChainReader, AgreedUpon> => ({
  getAccounts,
  getProgramAccounts,
  clock,
});
