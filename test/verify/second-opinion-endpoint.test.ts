import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, renderBundle } from '#governance/bundle/document.ts';
import type { VerifyInput } from '#governance/verify/index.ts';
import { verifyTransaction } from '#governance/verify/index.ts';
import { realProposal } from '#test/bench/real-proposals.ts';
import { type Fault, type FaultyRpc, faultyRpc } from '#test/support/faulty-rpc.ts';
import { type Base, MUTATIONS } from './mutations.ts';
import { EXAMPLES } from './opinion-examples.ts';
import { askingTwice, askLater, bundle, sipOf } from './opinions.ts';
import { le, Random } from './world.ts';

/** With an endpoint the program reads the chain itself; of the bundle it takes text, index and what is stated. */

const SEED = 11;
const CLOCK = 'SysvarC1ock11111111111111111111111111111111';
const sip = sipOf(EXAMPLES.slice(0, 3).map(([, action]) => action));
const base: Base = realProposal(sip, SEED);
const honest = bundle(sip, base.input);
/** Its accounts are lost: whatever is said of them has been read from the endpoint. */
const { accounts: _, ...rest } = honest;
const none = { multisig: null, transaction: null, proposal: null, sipRecord: null, config: null };
const bare: Bundle = { ...rest, accounts: none };

let rpc: FaultyRpc;
let chain: VerifyInput;
askingTwice();
beforeAll(async () => {
  rpc = await faultyRpc((method, params) =>
    method === 'getGenesisHash' ? honest.genesisHash : accounts(params),
  );
});
afterAll(() => rpc.close());

function accounts([addresses]: readonly unknown[]) {
  const held = [...Object.values(chain.accounts).filter((one) => one !== null && one !== undefined)];
  const clock = {
    address: CLOCK,
    owner: CLOCK,
    data: Uint8Array.from([...new Uint8Array(32), ...le(chain.clock, 8)]),
  };
  const value = (addresses as string[]).map((address) => {
    const found = [...held, clock].find((one) => one.address === address);
    return found
      ? { owner: found.owner, data: [Buffer.from(found.data).toString('base64'), 'base64'] }
      : null;
  });
  return { context: { slot: 7 }, value };
}

const asked = (of: Bundle = bare, more: readonly string[] = []) =>
  askLater(renderBundle(of), base.input.pins, ['--endpoint', rpc.url, ...more]);

describe('what an endpoint holds', () => {
  it('is judged instead of what the bundle holds', async () => {
    chain = base.input;
    expect(await asked()).toMatchObject({
      exit: 0,
      said: { verdict: ['match'], read: [`from the cluster ${honest.genesisHash}`] },
    });
    expect(rpc.asked.slice(-2)).toEqual(['getMultipleAccounts', 'getGenesisHash']);
  });

  it('has the verdict of the console when it was changed', async () => {
    for (const [at, mutation] of MUTATIONS.entries()) {
      const changed = mutation.apply(base, new Random(SEED + at));
      if (changed === null || changed.text !== base.input.text) continue;
      // An account at another address is not found; the bytes of its own are then not there.
      if (mutation.name === 'account of another address') continue;
      chain = changed;
      const { verdict } = verifyTransaction(changed);
      const { exit, said } = await asked();
      expect([mutation.name, exit, ...said.verdict!]).toEqual([mutation.name, 3, verdict]);
    }
  });

  it('is not the cluster of the bundle', async () => {
    chain = base.input;
    const other = { ...bare, genesisHash: honest.programId };
    expect(await asked(other)).toMatchObject({ exit: 3, said: { fault: ['genesis-not-pinned'] } });
    const pinned = await asked(bare, ['--genesis', honest.programId]);
    expect(pinned).toMatchObject({ exit: 3, said: { fault: ['genesis-not-pinned'] } });
  });
});

describe('an endpoint that does not answer as it should', () => {
  it.each<[Fault]>([
    [{ kind: 'drop' }],
    [{ kind: 'rate-limit' }],
    [{ kind: 'status', status: 500 }],
    [{ kind: 'html' }],
    [{ kind: 'truncated' }],
    [{ kind: 'endless' }],
    [{ kind: 'wrong-id' }],
    [{ kind: 'redirect', to: 'http://127.0.0.1:1' }],
    [{ kind: 'rpc-error', code: -32_005, message: 'behind' }],
    [{ kind: 'result', result: null }],
    [{ kind: 'result', result: { value: [] } }],
    [{ kind: 'result', result: { value: [null, null, null, null, null, null] } }],
  ])('gives no verdict: %j', async (fault) => {
    chain = base.input;
    rpc.plan({ fault });
    const opinion = await asked();
    rpc.plan();
    expect(opinion).toMatchObject({ exit: 1, said: {} });
    expect(opinion.error).not.toBe('');
  });

  it.each([
    'https://127.0.0.1:8899',
    'http://192.0.2.1:8899',
    'http://127.0.0.1',
    'http://localhost:8899',
    '127.0.0.1:8899',
  ])('is not asked: %s', async (url) => {
    const { exit, said } = await askLater(renderBundle(honest), base.input.pins, ['--endpoint', url]);
    expect({ exit, said }).toEqual({ exit: 2, said: {} });
  });
});
