import { Named, type Script } from './events.ts';
import type { Spoil } from './submit-history.ts';

/** Defects of the ports, with which the product's own code does what it must not. Each with how it is found out. */

const text = (data: Uint8Array): string => Buffer.from(data).toString('latin1');
const MANY_BLOCKS = 300n;

export interface Defect {
  /** Made anew for each history. */
  readonly spoil: () => Spoil;
  readonly foundAs: RegExp;
  /** Where a history that shows it is too rare to be met by lot. */
  readonly script?: () => Script;
}

const each = (spoil: Spoil) => () => spoil;

export const DEFECTS: Readonly<Record<string, Defect>> = {
  'a console that says nothing of what was interrupted': {
    spoil: each((ports) => ({ ...ports, warn: () => undefined })),
    foundAs: /left unsettled and not told/,
    script: () =>
      new Named(
        ['send', 'last'],
        ['question about accounts', 'crash'],
        ['question about accounts', 'twin'],
        ['question about accounts', 'halt'],
      ),
  },
  'a journal that drops what was signed': {
    spoil: each((ports) => ({
      ...ports,
      files: {
        ...ports.files,
        append: async (path, data) => {
          if (!text(data).includes('"signed"')) await ports.files.append(path, data);
        },
      },
    })),
    foundAs: /sent before it stood in the journal/,
  },
  'a journal that is written behind the next step': {
    spoil: each((ports) => {
      let waiting: (() => Promise<void>) | undefined;
      return {
        ...ports,
        files: {
          ...ports.files,
          append: async (path, data) => {
            await waiting?.();
            waiting = () => ports.files.append(path, data);
          },
        },
      };
    }),
    foundAs: /sent before it stood in the journal/,
  },
  'a journal that the next process does not find': {
    spoil: () => {
      let processes = 0;
      return (ports) => {
        const nth = processes;
        processes += 1;
        return {
          ...ports,
          files: {
            ...ports.files,
            read: async (path) => {
              if (nth > 0) await ports.files.remove(path);
              return ports.files.read(path);
            },
          },
        };
      };
    },
    foundAs: /signed anew while what was signed before may land/,
  },
  'a height that runs ahead': {
    spoil: each((ports) => ({
      ...ports,
      rpc: { ...ports.rpc, blockHeight: async () => (await ports.rpc.blockHeight()) + MANY_BLOCKS },
    })),
    foundAs: /signed anew while what was signed before may land/,
  },
  'a blockhash that is called older than it is': {
    spoil: each((ports) => ({
      ...ports,
      rpc: {
        ...ports.rpc,
        latestBlockhash: async () => {
          const { blockhash, lastValidBlockHeight } = await ports.rpc.latestBlockhash();
          return { blockhash, lastValidBlockHeight: lastValidBlockHeight - MANY_BLOCKS };
        },
      },
    })),
    foundAs: /signed anew while what was signed before may land/,
  },
  'an endpoint that shows no transaction of the council': {
    spoil: each((ports) => ({
      ...ports,
      rpc: {
        ...ports.rpc,
        getAccounts: async (keys) => {
          const { slot, accounts } = await ports.rpc.getAccounts(keys);
          return { slot, accounts: keys.length === 1 ? accounts : accounts.map(() => null) };
        },
      },
    })),
    foundAs: /proposals of part 1 by this console/,
  },
  'an endpoint that says expired of what may land': {
    spoil: each((ports) => ({
      ...ports,
      rpc: {
        ...ports.rpc,
        signatureOutcome: async (signature, history) =>
          (await ports.rpc.signatureOutcome(signature, history)) ?? {
            ...{ slot: 1n, err: 'BlockhashNotFound', confirmation: 'confirmed' },
          },
      },
    })),
    foundAs: /signed anew while what was signed before may land/,
  },
  'an endpoint whose failures have no code': {
    spoil: each((ports) => ({
      ...ports,
      rpc: {
        ...ports.rpc,
        clock: () =>
          ports.rpc.clock().catch(() => {
            throw new Error('no answer');
          }),
      },
    })),
    foundAs: /told without a code/,
  },
};
