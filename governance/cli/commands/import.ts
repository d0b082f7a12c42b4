import { join } from 'node:path';
import { writeDocument } from '#governance/adapters/document-file.ts';
import { SipError } from '#governance/errors.ts';
import { defineCommand } from '../command.ts';
import { readIfThere, readNamed } from '../read-file.ts';
import { parsed } from '../sips.ts';

export const command = defineCommand({
  name: 'import',
  summary: 'Check a .sipz file that an author handed in, and put its SIP into the folder',
  details:
    'The signature proves who wrote the text and nothing else: read it, then lint, check and submit it as your own.',
  args: { file: { name: 'FILE.sipz', help: 'what the author sent' } },
  options: {
    check: { flags: '--check', help: 'check only, write nothing' },
    author: { flags: '--author <address>', help: 'whose signature it must be' },
  },
  examples: [
    ['import jupsol.sipz', 'writes the SIP into the folder of SIPs'],
    ['import jupsol.sipz --check --author 4xY…', 'checks that this author signed it'],
  ],
  async run(context, args, options) {
    const { importHandoff } = await import('#governance/handoff/sipz.ts');
    const { lintFiles } = await import('#governance/sip/lint.ts');
    const { sipFileName } = await import('#governance/sip/file-name.ts');
    const { readSip } = await import('#governance/sip/parse.ts');
    const { digestOf } = await import('#governance/sip/digest.ts');
    const handoff = importHandoff(await readNamed(context.path(args.file), args.file), args.file, (text) => {
      const { number } = readSip(text, args.file);
      if (number === undefined)
        throw new SipError('SIP_INVALID', { file: args.file, detail: 'its text has no number' });
      return { sip: number, digest: digestOf(text, args.file) };
    });
    if (options.author !== undefined && options.author !== handoff.author)
      throw new SipError('HANDOFF_SIGNATURE_INVALID', { file: args.file, author: options.author });

    // The text is a valid SIP under the name that its number and title give it.
    const sip = await parsed(handoff.text, nameOf(handoff.sip, 'handed-in'));
    const name = sipFileName(sip.header.sip, sip.header.title);
    const path = join(context.sips.folder, name);
    const there = await readIfThere(path);
    const same = there !== null && Buffer.compare(there, handoff.text) === 0;
    if (!options.check && !same) {
      const neighbours = await context.sips.files([context.sips.folder]).catch(() => []);
      const { findings } = lintFiles([{ file: path, bytes: handoff.text }], {
        neighbours: neighbours.filter(({ file }) => file !== path),
      });
      const taken = findings.find(({ code }) => code === 'number-duplicate');
      if (taken)
        throw new SipError('SIP_INVALID', { file: args.file, detail: taken.message.replace(/\.$/, '') });
      await writeDocument(path, handoff.text, false);
    }
    const { author, digest, signature } = handoff;
    return {
      json: {
        sip: handoff.sip,
        title: sip.header.title,
        digest,
        author,
        signature,
        file: options.check ? null : path,
      },
      text(paper) {
        paper.line(`SIP-${handoff.sip}: ${sip.header.title}`);
        paper.pairs([
          ['author', author],
          ['digest', digest],
          ['file', options.check ? undefined : `${path}${same ? ' (was there already)' : ''}`],
        ]);
      },
    };
  },
});

const nameOf = (sip: number, words: string): string => `sip-${String(sip).padStart(4, '0')}-${words}.md`;
