import { basename, dirname, join } from 'node:path';
import { writeDocument } from '#governance/adapters/document-file.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import { embeddedNetwork } from '#governance/profile/schema.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { time } from '../values.ts';

export const command = defineCommand({
  name: 'rebase',
  summary: 'Copy SIPs with all their times shifted by whole days',
  details:
    'So that Updated of the lowest number becomes the chain’s today, or the day given. The files named stay as they are: a dated SIP is history, its copies are for rehearsal, and have another digest.',
  args: { files: { name: 'FILE', help: 'SIP files or folders of them, shifted together', many: true } },
  options: {
    toChain: {
      flags: '--to-chain',
      help: 'to the day of the chain’s clock; of this computer’s where the embedded network is to be started',
    },
    toDay: { flags: '--to-day <day>', help: 'to this day (YYYY-MM-DD)', parse: time },
    out: { flags: '--out <dir>', help: 'folder for the copies' },
  },
  examples: [
    ['rebase sips --to-chain --out /tmp/rehearsal', 'copies of the whole folder for today'],
    ['rebase sips --to-day 2030-01-01 --out copies', 'for another day'],
  ],
  async run(context, { files }, options) {
    if (options.out === undefined)
      throw new SipError('USAGE', { detail: 'rebase writes copies: name their folder with --out' });
    if ((options.toChain === undefined) === (options.toDay === undefined))
      throw new SipError('USAGE', { detail: 'rebase needs one of --to-chain and --to-day' });
    const found = await context.sips.files(files);
    const out = context.path(options.out);
    for (const { file } of found)
      if (dirname(context.path(file)) === out)
        throw new SipError('USAGE', {
          detail: `${file} stands in ${options.out} itself, and a SIP is never rewritten: name another folder with --out`,
        });
    const today = dayOf(options.toDay ?? (await chainTime(context)));
    const { rebaseFolder } = await import('#governance/sip/rebase.ts');
    const { days, files: rebased } = rebaseFolder(found, today);
    const copies = rebased.map(({ file, bytes, before, after }) => ({
      file,
      bytes,
      before,
      after,
      copy: join(out, basename(file)),
    }));
    for (const { copy, bytes } of copies) await writeDocument(copy, bytes, true);
    return {
      json: { today, days, files: copies.map(({ bytes: _, ...rest }) => rest) },
      text(paper) {
        paper.line(`Shifted by ${days} days, to ${today}:`);
        for (const { file, copy, before, after } of copies) {
          paper.line(`${file} → ${copy}`);
          paper.line(paper.paint.dim(`  digest ${before} → ${after}`));
        }
      },
    };
  },
});

async function chainTime(context: Context): Promise<UnixSeconds> {
  try {
    return (await (await context.rpc()).clock()).unixTimestamp;
  } catch (error) {
    const profile = context.settings.profile?.value ?? '';
    if (!isSipError(error, 'SANDBOX_NOT_RUNNING') || embeddedNetwork(profile) === undefined) throw error;
    context.warn(
      'The embedded network is not running: taking this computer’s day, with which it would start.',
    );
    return BigInt(Math.floor(context.timer.now() / 1000)) as UnixSeconds;
  }
}

function dayOf(seconds: UnixSeconds): string {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999)
    throw new SipError('USAGE', { detail: `${seconds} is no day before the year 10000` });
  return date.toISOString().slice(0, 10);
}
