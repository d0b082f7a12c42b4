import { PublicKey } from '@solana/web3.js';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { count } from '../json.ts';

export const command = defineCommand({
  name: 'council',
  summary: 'Show the council: members, threshold, time lock, and how hard it is to capture',
  examples: [
    ['council', 'the council of the profile'],
    ['council -u m --council SQd… --program-id s…', 'any council on mainnet'],
  ],
  async run(context) {
    const pins = await context.pins();
    const rpc = await context.rpc();
    context.stage('reading the council');
    const { readCouncil } = await import('#governance/venues/squads/state.ts');
    const { readAccount } = await import('#governance/restaking/state.ts');
    const { restakingPdas } = await import('#governance/restaking/pdas.ts');
    const { postureOf } = await import('#governance/profile/posture.ts');
    const council = await readCouncil(rpc, pins.council);
    const config = await readAccount(rpc, pins.programId, 'Config', restakingPdas(pins.programId).config);
    const { accounts } = await rpc.getAccounts([new PublicKey(council.vault)]);
    const vaultLamports = accounts[0]?.lamports ?? 0n;
    const posture = postureOf(council, config);
    const seats = await seatsOf(context);
    const members = council.members.map(({ key, permissions }) => ({
      publicKey: key,
      permissions,
      ...(seats.has(key) && { seat: seats.get(key) }),
    }));
    const { address, vault, threshold, timeLockSeconds, configAuthority, rentCollector, membersHash } =
      council;
    return {
      json: {
        council: address,
        vault,
        vaultLamports,
        threshold,
        timeLockSeconds,
        members,
        membersHash,
        transactionIndex: count(council.transactionIndex),
        staleTransactionIndex: count(council.staleTransactionIndex),
        configAuthority,
        rentCollector,
        posture,
      },
      text(paper) {
        const voters = members.filter(({ permissions }) => permissions.includes('vote')).length;
        paper.pairs([
          ['council', address],
          ['vault', `${vault} (${sol(vaultLamports)} SOL)`],
          ['threshold', `${threshold} of ${voters} voters`],
          ['time lock', `${timeLockSeconds} s`],
          ['transactions', `${council.transactionIndex}, stale up to ${council.staleTransactionIndex}`],
          ['config authority', configAuthority ?? 'none'],
          ['members hash', membersHash],
        ]);
        paper.line();
        const head = seats.size > 0 ? ['member', 'may', 'seat'] : ['member', 'may'];
        paper.table(
          head,
          members.map(({ publicKey, permissions, seat }) => [publicKey, permissions.join(', '), seat ?? '']),
        );
        paper.line();
        const marks = {
          ok: paper.paint.green('ok     '),
          warning: paper.paint.yellow('warning'),
          error: paper.paint.red('error  '),
        };
        for (const { level, message } of posture) paper.line(`${marks[level]}  ${message}`);
      },
    };
  },
});

/** On the embedded network, which seat a member's key is. */
async function seatsOf(context: Context): Promise<ReadonlyMap<string, number>> {
  const { sandbox } = await context.deployment();
  return new Map(sandbox?.members.map(({ publicKey }, seat) => [publicKey, seat]));
}

function sol(lamports: bigint): string {
  const digits = lamports.toString().padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`;
}
