import { PublicKey } from '@solana/web3.js';
import { inSol } from '#governance/words/amounts.ts';
import { defineCommand } from '../command.ts';
import { count } from '../json.ts';
import { explainLoose, explainPending, explainPosture } from '../render/council.ts';

export const command = defineCommand({
  name: 'council',
  summary:
    'Show the council: members, threshold, time lock, and how hard it is to capture, and what is approved and not executed',
  examples: [
    ['council', 'the council of the profile'],
    ['council -u m --council SQd… --program-id s…', 'any council on mainnet'],
  ],
  async run(context) {
    const pins = await context.pins();
    const rpc = await context.rpc();
    context.stage('reading the council');
    const { readCouncil, readTransactions } = await import('#governance/venues/squads/state.ts');
    const { readPosture } = await import('#governance/posture/read.ts');
    const { pendingChanges } = await import('#governance/proposals/pending-changes.ts');
    const { looseTransactions } = await import('#governance/proposals/loose-transactions.ts');
    const council = await readCouncil(rpc, pins.council);
    const { accounts } = await rpc.getAccounts([new PublicKey(council.vault)]);
    const vaultLamports = accounts[0]?.lamports ?? 0n;
    const { unixTimestamp: now } = await rpc.clock();
    const { sandbox } = await context.deployment();
    const { findings: posture } = await readPosture(rpc, pins, sandbox === null);
    const pending = await pendingChanges(rpc, council, now);
    const all = { from: 1n, to: council.transactionIndex };
    const pairs = await readTransactions(rpc, council.address, all);
    const loose = looseTransactions(pairs, council, now, pending);
    const seats = new Map(sandbox?.members.map(({ publicKey }, seat) => [publicKey as string, seat]));
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
        pendingChanges: pending.map(({ transactionIndex, state, changes, timeLockSeconds: lock }) => ({
          transactionIndex: count(transactionIndex),
          state: state.kind,
          changes,
          timeLockSeconds: lock,
        })),
        approvedNotExecuted: loose.map(({ transactionIndex, underChange, ...one }) => ({
          transactionIndex: count(transactionIndex),
          ...one,
          underChange: underChange.map((change) => ({
            ...change,
            transactionIndex: count(change.transactionIndex),
          })),
        })),
      },
      text(paper) {
        const voters = members.filter(({ permissions }) => permissions.includes('vote')).length;
        paper.pairs([
          ['council', address],
          ['vault', `${vault} (${inSol(vaultLamports)} SOL)`],
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
        explainPosture(paper, posture);
        explainPending(paper, pending, now);
        explainLoose(paper, loose, now);
      },
    };
  },
});
