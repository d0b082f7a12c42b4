import { SipError } from '#governance/errors.ts';
import type { CompiledPart } from '#governance/plan/types.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Address, Pins } from '#governance/types.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';
import { transactionIndex as index } from '../values.ts';

export const command = defineCommand({
  name: 'compile',
  summary: 'Show the bytes that a SIP puts before the council',
  details:
    'They follow from the text, the council with its members, and the transaction’s index. Anyone who compiles the same file for the same council gets the same bytes.',
  args: { sip: { name: 'SIP', help: 'file, or number of a SIP in the folder' } },
  options: {
    index: {
      flags: '--transaction-index <n>',
      help: 'index of part 1 (the council’s next one if left out)',
      parse: index,
    },
    accept: {
      flags: '--accept',
      help: 'instead, what the new council executes to take an offered authority (part 0)',
    },
  },
  examples: [
    ['compile sips/sip-0008-whitelist-jupsol.md', 'what SIP-8 does, instruction by instruction'],
    ['compile 8 --transaction-index 12 --output json', 'the bytes for transaction 12'],
    ['compile 9 --accept', 'the acceptance of the hand-over that SIP-9 offers'],
  ],
  async run(context, args, options) {
    const { sip } = await context.sips.find(args.sip);
    const { pinsOf } = await import('#governance/restaking/pdas.ts');
    const { compileAcceptance, compileSip } = await import('#governance/plan/compile.ts');
    const { readCouncil } = await import('#governance/venues/squads/state.ts');
    const own = await context.pins();
    const pins = options.accept ? pinsOf(own.programId, await newCouncil(context, sip, own)) : own;
    context.stage('reading the council');
    const council = await readCouncil(await context.rpc(), pins.council);
    const index = options.index ?? council.transactionIndex + 1n;
    const parts = options.accept
      ? [compileAcceptance(sip, { pins, transactionIndex: index })]
      : compileSip(sip, { pins, members: council.members, transactionIndex: index }).parts;
    return {
      json: {
        sip: sip.header.sip,
        digest: sip.digest,
        membersHash: council.membersHash,
        parts: parts.map(stable),
      },
      text(paper) {
        paper.pairs([
          ['SIP', `${sip.header.sip}: ${sip.header.title}`],
          ['digest', sip.digest],
          ['council', pins.council],
          ['members', council.membersHash],
        ]);
        for (const part of parts) describePart(paper, part);
      },
    };
  },
});

/** The form that others script against: exactly these keys. */
function stable({ part, transactionIndex, vaultIndex, message, accountMessage, instructions }: CompiledPart) {
  return {
    part,
    transactionIndex: count(transactionIndex),
    vaultIndex,
    message,
    accountMessage,
    instructions: instructions.map(({ programId, keys, data, describe }) => ({
      programId,
      keys: keys.map(({ pubkey, isSigner, isWritable }) => ({ pubkey, isSigner, isWritable })),
      data,
      describe,
    })),
  };
}

function describePart(paper: Paper, part: CompiledPart): void {
  const name = part.part === 0 ? 'Acceptance' : `Part ${part.part} of ${part.parts}`;
  paper.line();
  paper.line(paper.paint.bold(`${name}, transaction ${part.transactionIndex}, ${part.message.length} bytes`));
  for (const [at, { describe, programId, keys, data }] of part.instructions.entries()) {
    paper.line(`${String(at + 1).padStart(3)}. ${describe}`);
    paper.line(paper.paint.dim(`     ${programId}, ${keys.length} accounts, ${data.length} bytes of data`));
  }
  paper.line(paper.paint.dim(`  message ${Buffer.from(part.message).toString('base64')}`));
}

/** Whom the text offers the authority to; the registry's modules say what they leave on chain. */
async function newCouncil(context: Context, sip: Sip, pins: Pins): Promise<Address> {
  const { expectationsOf } = await import('#governance/lifecycle/expected.ts');
  const offered = expectationsOf(sip, pins).flatMap(
    ({ fields }) => fields?.['pending.venueAccount'] ?? [],
  )[0];
  if (offered === undefined)
    throw new SipError('USAGE', {
      detail: `SIP-${sip.header.sip} offers nobody the authority, so there is nothing to accept`,
    });
  if (context.settings.council !== undefined && context.settings.council.value !== offered)
    throw new SipError('USAGE', {
      detail: `SIP-${sip.header.sip} offers the authority to ${offered}, not to ${context.settings.council.value}`,
    });
  return offered as Address;
}
