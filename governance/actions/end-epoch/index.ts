import { z } from 'zod';
import { defineAction, error } from '../action.ts';
import { decodeNamed, sipInstruction } from '../common.ts';
import { checkEpoch, INDEX_FIELD } from '../epoch.ts';
import { epochIndex } from '../values.ts';

const schema = z.strictObject({ index: epochIndex });
type EndEpoch = z.infer<typeof schema>;

export const endEpoch = defineAction<'end-epoch', EndEpoch>({
  kind: 'end-epoch',
  title: 'End a restaking epoch',
  summary: 'Closes the active epoch at once, whatever its window says.',
  schema,
  fields: [INDEX_FIELD],
  example: { index: 1 },
  describe: (p) => `End the active restaking epoch ${p.index} at once`,
  build: (p, context) => [
    sipInstruction('end_epoch', context, { epoch: context.pdas.epoch(p.index) }, { index: p.index }),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('end_epoch', instructions, at, context);
    return decoded && { params: { index: decoded.args.index as number }, taken: 1 };
  },
  async check(p, context) {
    const { epoch, findings } = checkEpoch(p.index, context);
    if (epoch?.status !== 'scheduled') return findings;
    return [
      ...findings,
      error(
        'epoch-not-active',
        `epoch ${p.index} is not active`,
        'A scheduled epoch is cancelled with cancel-epoch.',
      ),
    ];
  },
  expect: (p, context) => [
    {
      account: context.pdas.epoch(p.index),
      type: 'Epoch',
      fields: { status: 'closed', sip: context.sip.number },
    },
    { account: context.pdas.config, type: 'Config', fields: { activeEpoch: null } },
  ],
});
