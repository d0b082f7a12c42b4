import type { BundleCheck, Pinned } from '#governance/bundle/check.ts';
import type { Bundle } from '#governance/bundle/document.ts';
import { momentText } from '#governance/words/times.ts';
import type { Result } from './command.ts';
import type { Context } from './context.ts';
import { pinnedHere } from './pinned.ts';
import { readNamed } from './read-file.ts';
import { columnsOf } from './render/screen.ts';
import { printVerification } from './render/verdict.ts';
import { wrapped } from './render/words.ts';

/** `sip verify --bundle FILE`: no endpoint is asked anything. */
export async function verifyBundle(context: Context, file: string): Promise<Result> {
  const { parseBundle } = await import('#governance/bundle/document.ts');
  const { checkBundle, FAULTS } = await import('#governance/bundle/check.ts');
  const { verificationToJson } = await import('#governance/verify/index.ts');
  const bundle = parseBundle(await readNamed(context.path(file), file), file);
  const pinned = await pinnedHere(context, 'a bundle');
  const check = checkBundle(bundle, pinned, file);
  const { verification, faults, messageHash, instructions, effect } = check;
  return {
    json: {
      ...verificationToJson(verification),
      digest: check.sip.digest,
      messageHash,
      faults,
      instructions,
      effect,
    },
    text(paper) {
      const columns = columnsOf(context);
      printVerification(paper, verification, comparedWith(bundle, check, pinned), columns);
      for (const { code, stated, derived } of faults) {
        paper.line();
        paper.line(`${paper.paint.red(code)}  The bundle is not true: ${FAULTS[code]}.`);
        for (const line of wrapped(`It says ${stated}; what follows is ${derived}.`, columns - 6))
          paper.line(`      ${line}`);
      }
      for (const [title, lines] of [
        ['What the message does', instructions],
        ['What the text leaves on chain', effect],
      ] as const) {
        paper.line();
        paper.line(paper.paint.bold(title));
        for (const [at, line] of lines.entries()) paper.line(`  ${at + 1}. ${line}`);
      }
    },
    exit: verification.verdict === 'match' && faults.length === 0 ? 0 : 3,
  };
}

function comparedWith(bundle: Bundle, { sip, messageHash }: BundleCheck, pinned: Pinned) {
  const word = ', on the word of whoever wrote the bundle';
  return [
    ['text', `SIP-${sip.header.sip} "${sip.header.title}"`],
    ['digest', sip.digest],
    ['message', messageHash ?? undefined],
    ['transaction', `${bundle.transactionIndex}`],
    ['council', `${pinned.council}, pinned here`],
    ['program', `${pinned.programId}, pinned here`],
    [
      'cluster',
      `genesis hash ${bundle.genesisHash}${pinned.genesisHash === undefined ? word : ', pinned here'}`,
    ],
    [
      'read at',
      `slot ${bundle.slot}, chain time ${momentText(bundle.chainTime)}, by version ${bundle.tool}${word}`,
    ],
  ] as const;
}
