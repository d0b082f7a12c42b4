import { expect, it } from 'vitest';
import { forwardRpc } from './forward.ts';
import type { Rpc } from './ports.ts';

const rpcAt = (slots: bigint[], asked: (bigint | undefined)[]) =>
  ({
    getAccounts: async (_: unknown, minSlot?: bigint) => {
      asked.push(minSlot);
      return { slot: slots.shift() ?? 0n, accounts: [] };
    },
  }) as unknown as Rpc;

it('asks for nothing older than what it was shown, or than its caller asks for', async () => {
  const asked: (bigint | undefined)[] = [];
  const rpc = forwardRpc(rpcAt([7n, 9n, 12n, 12n], asked));
  await rpc.getAccounts([]);
  await rpc.getAccounts([]);
  await rpc.getAccounts([], 11n);
  await rpc.getAccounts([], 3n);
  expect(asked).toEqual([undefined, 7n, 11n, 12n]);
});

it('takes no answer of an endpoint that goes back all the same', async () => {
  const rpc = forwardRpc(rpcAt([7n, 6n, 7n], []));
  await rpc.getAccounts([]);
  await expect(rpc.getAccounts([])).rejects.toMatchObject({ code: 'ENDPOINT_DOWN' });
  expect(await rpc.getAccounts([])).toMatchObject({ slot: 7n });
});
