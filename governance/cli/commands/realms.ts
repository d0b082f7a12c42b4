import { isAddress } from '#governance/base58.ts';
import { SipError } from '#governance/errors.ts';
import type { Address } from '#governance/types.ts';
import { defineCommand } from '../command.ts';
import { columnsOf } from '../render/screen.ts';
import { wrapped } from '../render/words.ts';
import { address } from '../values.ts';

export const command = defineCommand({
  name: 'realms',
  summary: 'List what a proposal of a Realms governance would execute, byte for byte',
  details:
    'Reads the proposal, its governance, its realm and all its transactions with a decoder of its own. Nothing is compared with a SIP: the program obeys no Realms governance, so no text compiles to such a proposal. Exit 0 when it is read in full, 3 on any finding.',
  args: { proposal: { name: 'PROPOSAL', help: 'address of the proposal account' } },
  options: {
    governance: {
      flags: '--governance <ADDRESS>',
      help: 'the governance that it has to be of',
      parse: address,
    },
    instance: {
      flags: '--governance-program <ADDRESS>',
      help: 'an instance of SPL Governance other than the one that Realms runs',
      parse: address,
    },
  },
  examples: [
    ['realms FHcm3BhJTSBRkdqcPZGKgnzC4TC3TtBzBkbWXUVoZxFd', 'its instructions, accounts and data'],
    ['realms FHcm3BhJTSBRkdqcPZGKgnzC4TC3TtBzBkbWXUVoZxFd --output json', 'for scripts'],
  ],
  async run(context, { proposal: of }, { governance = null, instance }) {
    if (!isAddress(of)) throw new SipError('USAGE', { detail: `PROPOSAL "${of}" is no address` });
    const proposal = of as Address;
    const { readRealms } = await import('#governance/proposals/realms.ts');
    const { describeFinding, describeTransaction, quoted, readingToJson, REALMS_PROGRAM } = await import(
      '#governance/verify/realms/index.ts'
    );
    const rpc = await context.rpc();
    context.stage('reading the proposal');
    const reading = await readRealms(rpc, { program: instance ?? REALMS_PROGRAM, proposal, governance });
    const { findings, transactions } = reading;
    return {
      json: { proposal, ...readingToJson(reading) },
      text(paper) {
        for (const finding of findings) {
          const [first = '', ...more] = wrapped(describeFinding(finding), columnsOf(context) - 2);
          paper.line(`${paper.paint.red('!')} ${first}`);
          for (const line of more) paper.line(`  ${line}`);
        }
        if (findings.length > 0) paper.line();
        for (const transaction of transactions) {
          for (const line of describeTransaction(transaction)) paper.line(line);
          paper.line();
        }
        paper.pairs([
          ['proposal', proposal],
          ['name', reading.proposal ? quoted(reading.proposal.name) : undefined],
          ['state', reading.proposal?.state],
          ['transactions', transactions.length],
          ['realm', reading.realm ? quoted(reading.realm.name) : undefined],
          ['governance', reading.governance?.address],
          ['native treasury', reading.treasury ?? undefined],
          ['compared with', 'nothing: no text compiles to a Realms proposal'],
        ]);
      },
      exit: findings.length > 0 ? 3 : 0,
    };
  },
});
