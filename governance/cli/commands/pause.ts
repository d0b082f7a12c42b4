import { SipError } from '#governance/errors.ts';
import { whenText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import { count } from '../json.ts';

export const command = defineCommand({
  name: 'pause',
  summary: 'Pause deposits and activation at once, as the guardian',
  details:
    'Ends by itself after 7 days and cannot be repeated within 14 days of its start; only a SIP ends it earlier or makes it last. Withdrawals and the council’s decisions are never paused.',
  examples: [['pause --keypair guardian.json', 'stop deposits now']],
  async run(context) {
    const { guardianPause } = await import('#governance/operations/pause.ts');
    const { GUARDIAN_PAUSE_SECONDS } = await import('#governance/operations/epochs.ts');
    const { readAccount } = await import('#governance/restaking/state.ts');
    const { restakingPdas } = await import('#governance/restaking/pdas.ts');
    const pins = await context.pins();
    const { reviewedSigner } = await import('#governance/operations/reviewed-signer.ts');
    const guardian = reviewedSigner(await context.signer('guardian'), pins);
    const address = guardian.publicKey.toBase58();
    return context.sending(async (ports) => {
      const read = () =>
        readAccount(ports.rpc, pins.programId, 'Config', restakingPdas(pins.programId).config);
      const before = await read();
      if (before && before.guardian !== address)
        throw new SipError('ROLE_NOT_HELD', { address, role: 'guardian', holder: before.guardian });
      await context.confirm('pause the protocol');
      context.stage('pausing');
      const outcome = await guardianPause(ports, { pins, guardian }, context.venueOptions());
      if (outcome.kind === 'not-done') throw outcome.error;
      const since = (await read())?.guardianPausedAt ?? (await ports.rpc.clock()).unixTimestamp;
      const until = since + GUARDIAN_PAUSE_SECONDS;
      const { signature, slot } = outcome;
      return {
        json: { paused: true, since, until, signature, slot: count(slot) },
        text: (paper) => {
          paper.line(
            `The protocol is ${paper.paint.yellow('paused')}: no deposits, no activation of epochs.`,
          );
          paper.pairs([
            ['  until', whenText(until, since)],
            ['  signature', signature],
          ]);
        },
      };
    });
  },
});
