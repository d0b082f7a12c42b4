import { basename } from 'node:path';
import { writeDocument } from '#governance/adapters/document-file.ts';
import { SipError } from '#governance/errors.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'export',
  summary: 'Sign a SIP as its author and write it as a .sipz file to hand in',
  details:
    'For whoever has no seat in the council: a member imports the file, checks it and proposes the SIP as its sponsor. The signature is over number and digest, and needs no network.',
  args: {
    sip: { name: 'SIP', help: 'file, or number of a SIP in the folder' },
    out: {
      name: 'FILE.sipz',
      help: 'where to write; beside you under the SIP’s name if left out',
      optional: true,
    },
  },
  options: { replace: { flags: '--replace', help: 'write over an existing file' } },
  examples: [
    [
      'export sips/sip-0008-whitelist-jupsol.md --keypair author.json',
      'writes sip-0008-whitelist-jupsol.sipz here',
    ],
    ['export 8 jupsol.sipz --as 5', 'on the embedded network, signed by the seat that may only submit'],
  ],
  async run(context, args, options) {
    if (args.sip.endsWith('.sipz'))
      throw new SipError('USAGE', { detail: 'the SIP comes first, the .sipz file after it' });
    const { sip, bytes } = await context.sips.find(args.sip);
    const { exportHandoff, importHandoff } = await import('#governance/handoff/sipz.ts');
    const readSip = () => ({ sip: sip.header.sip, digest: sip.digest });
    const file = args.out ?? `${basename(sip.file, '.md')}.sipz`;
    const document = await exportHandoff(bytes, await context.signer(0, 'offline'), readSip);
    const { author, signature } = importHandoff(document, file, readSip);
    await writeDocument(context.path(file), document, options.replace === true);
    return {
      json: { file, sip: sip.header.sip, digest: sip.digest, author, signature },
      text(paper) {
        paper.line(`${file}: SIP-${sip.header.sip}, signed by ${author}`);
        paper.pairs([['digest', sip.digest]]);
      },
    };
  },
});
