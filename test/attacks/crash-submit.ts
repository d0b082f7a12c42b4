import type { Blockhash } from '#governance/chain/ports.ts';
import { Random } from '#test/verify/world.ts';
import { type Attack, seedOf, Tally } from './attack.ts';
import { playSubmit, type Spoil } from './crash/submit-history.ts';

/** Submitting a SIP exactly once, through the real code: journal, delivery, Squads, and whatever comes between. */

const RIVALS = ['nobody else', 'foreign proposals', 'the same SIP by another'];
const CLASSES = RIVALS.flatMap((rival) =>
  [[], ['a crash'], ['faults'], ['a crash', 'faults']].map((met) => [...met, rival].sort().join(', ')),
);

async function run(seed: number, from: number, count: number, spoil?: Spoil) {
  const tally = new Tally();
  for (let at = from; at < from + count; at += 1) {
    const { met, problem } = await playSubmit(new Random(seedOf(seed, at)), spoil);
    tally.try(met, problem && `${problem} (history ${at} of seed ${seed})`);
  }
  return tally.outcome;
}

/** A spoiled port makes histories long: no more of them than it takes. */
const AT_ONCE = 5;
const AT_MOST = 150;
async function finds(seed: number, spoil: Spoil): Promise<boolean> {
  for (let from = 0; from < AT_MOST; from += AT_ONCE)
    if ((await run(seed, from, AT_ONCE, spoil)).broken.length > 0) return true;
  return false;
}

const LIFETIME = 150n;
const PLANTED: Readonly<Record<string, Spoil>> = {
  'a journal that forgets what was signed': (ports) => ({
    ...ports,
    files: {
      ...ports.files,
      append: async (path, data) => {
        if (!Buffer.from(data).toString().includes('"signed"')) await ports.files.append(path, data);
      },
    },
  }),
  'a height that runs ahead: expiry is seen too early': (ports) => ({
    ...ports,
    rpc: {
      ...ports.rpc,
      blockHeight: async () => (await ports.rpc.blockHeight()) + 2n * LIFETIME,
      latestBlockhash: async (): Promise<Blockhash> => ports.rpc.latestBlockhash(),
    },
  }),
  'an endpoint that shows no transaction of the council': (ports) => ({
    ...ports,
    rpc: {
      ...ports.rpc,
      getAccounts: async (keys) => {
        const { slot, accounts } = await ports.rpc.getAccounts(keys);
        return { slot, accounts: keys.length === 1 ? accounts : accounts.map(() => null) };
      },
    },
  }),
};

export const crashSubmit: Attack = {
  name: 'crash:submit',
  what: 'Histories of crash × bad endpoint × expiry × others who propose, through the real submission: never two proposals of one text, never stuck once the faults stop.',
  unit: 'histories',
  full: 1_000_000,
  slice: 100,
  honestIn: () => 0,
  classes: CLASSES,
  classesFrom: 1_000,
  run: ({ seed, from, count }) => run(seed, from, count),
  async missedDefects(seed) {
    const missed: string[] = [];
    for (const [name, spoil] of Object.entries(PLANTED)) if (!(await finds(seed, spoil))) missed.push(name);
    return missed;
  },
};
