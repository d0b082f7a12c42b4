import { SipError } from '../errors.ts';
import type { Rpc } from './ports.ts';

/**
 * Behind one address there may be several nodes, and one of them behind the others. Put together from two of them, a
 * council would have a transaction that is not there: what is missing would be sent a second time. So no answer about
 * accounts may be older than one that was given before.
 * @throws SipError ENDPOINT_DOWN by getAccounts where the endpoint goes back all the same
 */
export function forwardRpc<R extends Rpc>(rpc: R): R {
  let newest = 0n;
  return {
    ...rpc,
    async getAccounts(keys, minSlot = 0n) {
      const since = minSlot > newest ? minSlot : newest;
      const answer = await rpc.getAccounts(keys, since === 0n ? undefined : since);
      if (answer.slot < since)
        throw new SipError('ENDPOINT_DOWN', {
          endpoint: 'in use',
          reason: `it answers as of slot ${answer.slot} after slot ${since}`,
        });
      if (answer.slot > newest) newest = answer.slot;
      return answer;
    },
  };
}
