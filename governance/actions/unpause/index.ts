import { z } from 'zod';
import { defineAction, error } from '../action.ts';
import { decodeNamed, sipInstruction } from '../common.ts';

const schema = z.strictObject({});

export const unpause = defineAction<'unpause', Record<string, never>>({
  kind: 'unpause',
  title: 'End the pause',
  summary: 'Ends a pause, whether the guardian or a SIP began it.',
  schema: schema as unknown as z.ZodType<Record<string, never>>,
  fields: [],
  example: {},
  describe: () => 'End the pause of the protocol',
  build: (_, context) => [sipInstruction('unpause', context)],
  decode: (instructions, at, context) =>
    decodeNamed('unpause', instructions, at, context) && { params: {}, taken: 1 },
  async check(_, context) {
    const state = context.view('Config', context.pdas.config)?.pause;
    return state === 'off'
      ? [error('not-paused', 'the protocol is not paused', 'Leave the action out.')]
      : [];
  },
  expect: (_, context) => [
    { account: context.pdas.config, type: 'Config', fields: { pause: 'off', sip: context.sip.number } },
  ],
});
