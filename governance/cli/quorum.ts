import type { ChainReader } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import type { Context } from './context.ts';

/**
 * The reader whose word a signature may rest on: by the quorum of the cluster that answers. Where one endpoint is
 * enough it is that one, with a warning on a cluster that others can see.
 * Its readings throw ENDPOINT_DISSENTS where one of them keeps saying something else.
 * @throws SipError QUORUM_MISSED where the profile has too few endpoints of distinct hosts
 */
export async function readerForSigning(context: Context): Promise<ChainReader> {
  const { name, quorum } = await context.cluster();
  const rpc = await context.rpc();
  if (quorum.agree <= 1) {
    if (name === 'devnet' || name === 'testnet')
      context.warn(`One endpoint's word is taken for what is on ${name}; mainnet asks several.`);
    return rpc;
  }
  const { endpoints, genesisHash } = await context.deployment();
  const hosts = new Map(endpoints.map((endpoint) => [new URL(endpoint).hostname, endpoint]));
  const chosen = [...hosts.values()].slice(0, quorum.of);
  if (chosen.length < quorum.agree)
    throw new SipError('QUORUM_MISSED', {
      agreeing: chosen.length,
      needed: quorum.agree,
      asked: chosen.length,
    });
  const { connectRpc } = await import('#governance/chain/rpc.ts');
  const { quorumReader } = await import('#governance/chain/quorum.ts');
  const expectedGenesisHash = genesisHash ?? (await rpc.genesisHash());
  const [first, ...rest] = chosen.map((endpoint) =>
    connectRpc(endpoint, { timer: context.timer, expectedGenesisHash, commitment: quorum.commitment }),
  );
  const { timer } = context;
  return first ? quorumReader([first, ...rest], { agree: quorum.agree, timer, refuseDissent: true }) : rpc;
}
