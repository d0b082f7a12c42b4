import bs58 from 'bs58';
import { SipError } from '#governance/errors.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { readNamed } from '../read-file.ts';
import { tell } from '../render/screen.ts';

export const command = defineCommand({
  name: 'sign',
  summary: 'Sign a message that the window handed out, on the machine that has the key',
  details:
    'Needs no network. Shows what it reads in the bytes, asks, and prints the signature to be carried back. The message ends with its blockhash, some 60 to 90 seconds after it was made.',
  args: { file: { name: 'FILE', help: 'the signing request, as the confirm window exports it' } },
  examples: [
    ['sign request.json --keypair member.json', 'shows the message, asks, prints the signature'],
    [
      'sign request.json --keypair member.json --council COUNCIL --program-id PROGRAM',
      'for this council only, whatever the file names',
    ],
  ],
  async run(context, { file }) {
    const { parseSigningRequest } = await import('#governance/handoff/signing-request.ts');
    const { reviewMessage } = await import('#governance/verify/signing/index.ts');
    const request = parseSigningRequest(await readNamed(context.path(file), file), file);
    refuseOtherPins(context, request.pins);
    const { message, publicKey, pins, cluster, transactionIndex } = request;
    const reviewed = reviewMessage(message, { pins, feePayer: publicKey, transactionIndex });
    if (!reviewed.ok)
      throw new SipError('SIGNING_GRAMMAR', { reason: reviewed.code, detail: reviewed.sentence });
    const { review } = reviewed;
    const key = await context.signer(0, 'offline');
    if (key.publicKey.toBase58() !== publicKey)
      throw new SipError('USAGE', {
        detail: `the request wants the signature of ${publicKey}, the key here is ${key.publicKey.toBase58()}`,
      });
    tell(context, review.title);
    for (const { label, value } of review.lines) tell(context, `  ${label}: ${value}`);
    tell(context, `  On: ${cluster}, as the request says`);
    tell(context, `  SHA-256 of the message: ${review.messageHash.hex}`);
    tell(context, `  the same in base58: ${review.messageHash.base58}`);
    if (context.globals.yes !== true) {
      const answer = await context.ask.line('Type "sign" to sign it:');
      if (answer !== 'sign') throw new SipError('CONFIRMATION_REFUSED');
    }
    const signature = bs58.encode(await key.sign(message));
    return {
      json: { signature, publicKey, title: review.title, messageHash: review.messageHash },
      text: (paper) => paper.line(signature),
    };
  },
});

/** Pins given on the line win over those of the file. @throws SipError USAGE */
function refuseOtherPins(
  { settings }: Context,
  pins: { readonly council: string; readonly programId: string },
): void {
  const { council, 'program-id': programId } = settings;
  for (const [name, said, found] of [
    ['council', council, pins.council],
    ['program', programId, pins.programId],
  ] as const)
    if (said !== undefined && said.value !== found)
      throw new SipError('USAGE', {
        detail: `the request is for ${name} ${found}, ${said.where} names ${said.value}`,
      });
}
