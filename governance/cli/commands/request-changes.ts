import { basename, dirname, join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import { SipError } from '#governance/errors.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Address } from '#governance/types.ts';
import { defineCommand, Refused } from '../command.ts';
import type { Context } from '../context.ts';
import { readerForSigning } from '../quorum.ts';
import { changeRequestToJson, printChangeRequests } from '../render/change-requests.ts';
import { tell } from '../render/screen.ts';
import { namesOn } from '../render/words.ts';
import { VERSION } from '../version.ts';

export const command = defineCommand({
  name: 'request-changes',
  summary: 'Sign what a SIP’s text should say otherwise, to be kept beside its file',
  details:
    'Over the digest of the text, so before it is proposed as well as while its proposal is open. It is no vote: nothing counts it, nothing waits for it, and the chain never hears of it. A text that is changed afterwards has another digest: the request is then shown as answered by a new text. Give the file to the author with the SIP’s; "sip status SIP" shows what lies beside it.',
  args: { sip: { name: 'SIP', help: 'number or file of a SIP, or a .sipz that was handed in' } },
  options: {
    text: { flags: '--text <text>', help: 'what should change, at most 4,000 characters', parse: someText },
  },
  examples: [
    [
      'request-changes 8 --text "The cap is too high: halve it." --as 1',
      'the second member asks for a lower cap',
    ],
    ['request-changes jupsol.sipz --text "Name the audits." --keypair member.json', 'before it is proposed'],
  ],
  async run(context, { sip: named }, { text: typed }) {
    const { wishFor } = await import('#governance/change-requests/write.ts');
    const { checkChangeRequest, readKnown } = await import('#governance/change-requests/check.ts');
    const { keepChangeRequest } = await import('#governance/change-requests/beside.ts');
    const { changeRequestStatement, signChangeRequest } = await import(
      '#governance/change-requests/request.ts'
    );
    if (typed === undefined) throw new SipError('USAGE', { detail: 'say what should change with --text' });
    const { sip, path } = await textOf(context, named);
    const pins = await context.pins();
    const key = await context.signer();
    const reviewer = key.publicKey.toBase58() as Address;
    const reader = await readerForSigning(context);
    context.stage('reading the chain');
    const wish = await wishFor(reader, pins, sip, { typed, reviewer, tool: VERSION });
    tell(context, 'Signed as a request for changes, which is no vote:');
    const [facts = ''] = changeRequestStatement(wish).split('; changes: ');
    for (const line of [...facts.split('; '), 'changes:', ...wish.text.split('\n')])
      tell(context, `  ${line}`);
    const request = await signChangeRequest(wish, key);
    const name = await keepChangeRequest(folderFiles(dirname(path)), basename(path), request);
    const checked = checkChangeRequest(request, sip, await readKnown(reader, pins));
    const file = join(dirname(path), name);
    const nameOf = namesOn((await context.deployment()).sandbox);
    return {
      json: { file, ...changeRequestToJson(checked) },
      text(paper) {
        printChangeRequests(paper, [checked], [], nameOf);
        paper.pairs([['  file', file]]);
      },
    };
  },
});

/** Refuses nothing but nothing: the library says what such a text may be. */
function someText(text: string): string {
  if (text.trim() === '') throw new Refused('empty');
  return text;
}

/** The text, and where its file lies or would lie. */
async function textOf(
  context: Context,
  named: string,
): Promise<{ readonly sip: Sip; readonly path: string }> {
  if (!named.endsWith('.sipz')) {
    const { sip, path } = await context.sips.find(named);
    return { sip, path };
  }
  const { readDocument } = await import('../documents.ts');
  const { sip } = await readDocument(context, named);
  return { sip, path: join(dirname(context.path(named)), basename(sip.file)) };
}
