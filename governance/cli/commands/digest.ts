import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'digest',
  summary: 'Print the digest of SIP files',
  details: 'SHA-256 of the canonical text: what stands in the approved bytes and on chain. Needs no network.',
  args: { files: { name: 'FILE', help: 'SIP files or folders of them', many: true } },
  examples: [
    ['digest sips/sip-0008-whitelist-jupsol.md', 'the digest of one SIP'],
    ['digest sips', 'of every SIP in a folder'],
  ],
  async run(context, { files }) {
    const { digestOf } = await import('#governance/sip/digest.ts');
    const found = await context.sips.files(files);
    const digests = found.map(({ file, bytes }) => ({ file, digest: digestOf(bytes, file) }));
    return {
      json: { digests },
      text: (paper) => {
        for (const { file, digest } of digests) paper.line(`${digest}  ${file}`);
      },
    };
  },
});
