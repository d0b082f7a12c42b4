import { z } from 'zod';
import { defineAction, error } from '../action.ts';
import { decodeNamed, sipInstruction } from '../common.ts';

const schema = z.strictObject({});

export const pause = defineAction<'pause', Record<string, never>>({
  kind: 'pause',
  title: 'Pause the protocol',
  summary: 'Stops deposits and epoch activation until a SIP ends the pause; leaving stays possible.',
  schema: schema as unknown as z.ZodType<Record<string, never>>,
  fields: [],
  example: {},
  describe: () => 'Pause the protocol: no deposits, no epoch activation, until a SIP ends the pause',
  build: (_, context) => [sipInstruction('pause', context)],
  decode: (instructions, at, context) =>
    decodeNamed('pause', instructions, at, context) && { params: {}, taken: 1 },
  async check(_, context) {
    const state = context.view('Config', context.pdas.config)?.pause;
    return state === 'council'
      ? [error('already-paused', 'the protocol is paused by SIP already', 'Leave the action out.')]
      : [];
  },
  expect: (_, context) => [
    { account: context.pdas.config, type: 'Config', fields: { pause: 'council', sip: context.sip.number } },
  ],
});
