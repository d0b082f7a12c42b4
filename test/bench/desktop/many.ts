import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PublicKey } from '@solana/web3.js';
import type { RawAccount, Rpc } from '#governance/chain/ports.ts';
import { faultyRpc } from '#test/support/faulty-rpc.ts';
import { longCouncil } from '#test/support/long-council.ts';
import { rpcAnswers } from '#test/support/rpc-answers.ts';
import { pinsOf } from '#test/verify/world.ts';

/** A mock of an endpoint: a council with as many transactions as wanted, as Squads' own library writes them. */
export interface MockCouncil {
  readonly url: string;
  /** Makes the data folder of a console whose profile is this council. */
  profileIn(home: string, seen?: object): void;
  close(): Promise<void>;
}

const GENESIS = 'GH7ome3EiwEr7tu9JuTh2dpYWBJK3z69Xm1ZE3MEE6JC';
const SLOT = 1_000n;

export async function mockCouncil(count: number): Promise<MockCouncil> {
  const { world, accounts } = longCouncil(count);
  const rpc: Partial<Rpc> = {
    genesisHash: async () => GENESIS,
    clock: async () => ({ slot: SLOT, unixTimestamp: world.now }) as Awaited<ReturnType<Rpc['clock']>>,
    getAccounts: async (keys) => ({
      slot: SLOT,
      accounts: keys
        .map((key) => (key.equals(CLOCK) ? clockOf(world.now) : accounts.get(key.toBase58())))
        .map((one) => one ?? null),
    }),
    getProgramAccounts: async () => [],
    signaturesFor: async () => [],
  };
  const { url, close } = await faultyRpc(rpcAnswers(rpc as Rpc));
  const { programId, council } = pinsOf(world);
  return {
    url,
    close,
    profileIn(home, seen) {
      const own = join(home, 'share', 'solayer-council');
      mkdirSync(join(own, 'profiles'), { recursive: true });
      const profile = { name: 'many', endpoints: [url], genesisHash: GENESIS, programId, council };
      writeFileSync(join(own, 'profiles', 'many.json'), JSON.stringify(profile));
      writeFileSync(join(own, 'desktop.json'), JSON.stringify({ profile: 'many' }));
      if (seen) writeFileSync(join(own, 'last-seen.json'), JSON.stringify(seen));
    },
  };
}

const CLOCK = new PublicKey('SysvarC1ock11111111111111111111111111111111');
const SYSVARS = new PublicKey('Sysvar1111111111111111111111111111111111111');

/** slot, epoch_start_timestamp, epoch, leader_schedule_epoch, unix_timestamp: 8 bytes each. */
function clockOf(now: bigint): RawAccount {
  const data = new Uint8Array(40);
  new DataView(data.buffer).setBigUint64(0, SLOT, true);
  new DataView(data.buffer).setBigInt64(32, now, true);
  return { address: CLOCK, data, owner: SYSVARS, lamports: 1n, executable: false };
}
