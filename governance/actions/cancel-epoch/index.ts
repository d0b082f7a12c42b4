import { z } from 'zod';
import { defineAction, error } from '../action.ts';
import { decodeNamed, sipInstruction } from '../common.ts';
import { checkEpoch, INDEX_FIELD } from '../epoch.ts';
import { epochIndex } from '../values.ts';

const schema = z.strictObject({ index: epochIndex });
type CancelEpoch = z.infer<typeof schema>;

export const cancelEpoch = defineAction<'cancel-epoch', CancelEpoch>({
  kind: 'cancel-epoch',
  title: 'Cancel a restaking epoch',
  summary: 'Takes the last scheduled epoch back; its index is used again.',
  schema,
  fields: [INDEX_FIELD],
  example: { index: 4 },
  describe: (p) => `Cancel the scheduled restaking epoch ${p.index}`,
  build: (p, context) => [
    sipInstruction('cancel_epoch', context, { epoch: context.pdas.epoch(p.index) }, { index: p.index }),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('cancel_epoch', instructions, at, context);
    return decoded && { params: { index: decoded.args.index as number }, taken: 1 };
  },
  async check(p, context) {
    const { epoch, findings } = checkEpoch(p.index, context);
    const next = context.view('Config', context.pdas.config)?.nextEpoch;
    if (epoch?.status === 'active') {
      return [...findings, error('epoch-active', `epoch ${p.index} is active`, 'End it with end-epoch.')];
    }
    if (epoch && next !== undefined && next !== p.index + 1) {
      return [
        ...findings,
        error(
          'epoch-not-last',
          `only the last scheduled epoch (${next - 1}) can be cancelled`,
          'Cancel the later ones first, or amend this one.',
        ),
      ];
    }
    return findings;
  },
  expect: (p, context) => [
    { account: context.pdas.epoch(p.index), type: 'Epoch', fields: null },
    { account: context.pdas.config, type: 'Config', fields: { nextEpoch: p.index } },
  ],
});
