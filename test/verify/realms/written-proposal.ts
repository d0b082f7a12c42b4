import * as sdk from '@solana/spl-governance';
import BN from 'bn.js';
import fc from 'fast-check';
import {
  bn,
  i64,
  key,
  missing,
  option,
  pub,
  some,
  text,
  threshold,
  thresholdOf,
  u8,
  u16,
  u32,
  u64,
  type Written,
  written,
} from './written.ts';

const STATES = [
  ...['draft', 'signing-off', 'voting', 'succeeded', 'executing'],
  ...['completed', 'cancelled', 'defeated', 'executing-with-errors', 'vetoed'],
];
const RESULTS = ['none', 'succeeded', 'defeated'];
const FLAGS = ['none', 'ordered', 'use-transaction'];

const proposalOption = fc
  .record({
    label: text(20).filter((label) => label !== ''),
    voteWeight: u64,
    result: fc.constantFrom(...RESULTS),
    counts: fc.tuple(u16, u16, u16),
  })
  .map(({ counts, ...rest }) => {
    const [executed = 0, transactions = 0, nextIndex = 0] = [...counts].sort((a, b) => a - b);
    return { ...rest, executed, transactions, nextIndex };
  });

export const proposal: fc.Arbitrary<Written> = fc
  .record({
    governance: key,
    governingTokenMint: key,
    state: fc.constantFrom(...STATES),
    tokenOwnerRecord: key,
    signed: fc.tuple(u8, u8),
    weight: option(fc.constantFrom('full-weight' as const, 'weighted' as const)),
    options: fc.array(proposalOption, { minLength: 2, maxLength: 10 }),
    denyVoteWeight: option(u64),
    abstainVoteWeight: option(u64),
    startVotingAt: option(i64),
    draftAt: i64,
    signingOffAt: option(i64),
    votingAt: option(i64),
    votingAtSlot: option(u64),
    votingCompletedAt: option(i64),
    executingAt: option(i64),
    closedAt: option(i64),
    executionFlags: fc.constantFrom(...FLAGS),
    maxVoteWeight: option(u64),
    maxVotingSeconds: option(u32),
    decided: option(threshold),
    name: text(40),
    descriptionLink: text(60),
    vetoVoteWeight: u64,
  })
  .map(({ signed, weight, options: many, decided, ...meant }) => {
    const options = weight === null ? many.slice(0, 1) : many;
    const [signedOff = 0, signatories = 0] = [...signed].sort((a, b) => a - b);
    const account = new sdk.Proposal({
      accountType: sdk.GovernanceAccountType.ProposalV2,
      governance: pub(meant.governance),
      governingTokenMint: pub(meant.governingTokenMint),
      state: STATES.indexOf(meant.state),
      tokenOwnerRecord: pub(meant.tokenOwnerRecord),
      signatoriesCount: signatories,
      signatoriesSignedOffCount: signedOff,
      descriptionLink: meant.descriptionLink,
      name: meant.name,
      voteType:
        weight === null
          ? sdk.VoteType.SINGLE_CHOICE
          : sdk.VoteType.MULTI_CHOICE(weight === 'weighted' ? 1 : 0, 1, options.length, options.length),
      options: options.map(
        (o) =>
          new sdk.ProposalOption({
            label: o.label,
            voteWeight: bn(o.voteWeight),
            voteResult: RESULTS.indexOf(o.result),
            instructionsExecutedCount: o.executed,
            instructionsCount: o.transactions,
            instructionsNextIndex: o.nextIndex,
          }),
      ),
      denyVoteWeight: some(meant.denyVoteWeight, bn),
      reserved1: 0,
      abstainVoteWeight: some(meant.abstainVoteWeight, bn),
      startVotingAt: some(meant.startVotingAt, bn),
      draftAt: bn(meant.draftAt),
      signingOffAt: some(meant.signingOffAt, bn),
      votingAt: some(meant.votingAt, bn),
      votingAtSlot: some(meant.votingAtSlot, bn),
      votingCompletedAt: some(meant.votingCompletedAt, bn),
      executingAt: some(meant.executingAt, bn),
      closedAt: some(meant.closedAt, bn),
      executionFlags: FLAGS.indexOf(meant.executionFlags),
      maxVoteWeight: some(meant.maxVoteWeight, bn),
      maxVotingTime: meant.maxVotingSeconds,
      voteThreshold: decided === null ? null : thresholdOf(decided),
      vetoVoteWeight: bn(meant.vetoVoteWeight),
      // Fields of version 1 and one that the class does not keep.
      ...{ yesVotesCount: new BN(0), noVotesCount: new BN(0), instructionsExecutedCount: 0 },
      ...{ instructionsCount: 0, instructionsNextIndex: 0 },
    } as unknown as ConstructorParameters<typeof sdk.Proposal>[0]);
    Object.assign(account, { reserved: new Uint8Array(64) });
    const eights = [
      ...[meant.denyVoteWeight, meant.abstainVoteWeight, meant.startVotingAt, meant.signingOffAt],
      ...[meant.votingAt, meant.votingAtSlot, meant.votingCompletedAt, meant.executingAt],
      ...[meant.closedAt, meant.maxVoteWeight],
    ];
    const room =
      8 * missing(eights) +
      4 * missing([meant.maxVotingSeconds, weight]) +
      (decided === null ? 2 : decided === 'disabled' ? 1 : 0);
    const voteType = weight === null ? { kind: 'single-choice' } : { kind: 'multi-choice', weight };
    const all = { ...meant, signatories, signedOff, voteType, options, decidedAt: decided };
    return written(account, account.accountType, 0, room, all);
  });

const STATUSES = ['none', 'success', 'error'];

const instruction = fc.record({
  program: key,
  accounts: fc.array(fc.record({ key, signer: fc.boolean(), writable: fc.boolean() }), { maxLength: 6 }),
  data: fc.uint8Array({ maxLength: 60 }),
});

export const transaction: fc.Arbitrary<Written> = fc
  .record({
    proposal: key,
    optionIndex: u8,
    transactionIndex: u16,
    holdUpSeconds: u32,
    instructions: fc.array(instruction, { maxLength: 4 }),
    outcome: fc.oneof(
      fc.record({ executedAt: i64, status: fc.constant('success') }),
      fc.record({ executedAt: fc.constant(null), status: fc.constantFrom('none', 'error') }),
    ),
  })
  .map(({ outcome, ...meant }) => {
    const account = new sdk.ProposalTransaction({
      accountType: sdk.GovernanceAccountType.ProposalTransactionV2,
      proposal: pub(meant.proposal),
      optionIndex: meant.optionIndex,
      instructionIndex: meant.transactionIndex,
      holdUpTime: meant.holdUpSeconds,
      executedAt: some(outcome.executedAt, bn),
      executionStatus: STATUSES.indexOf(outcome.status),
      instructions: meant.instructions.map(
        (one) =>
          new sdk.InstructionData({
            programId: pub(one.program),
            data: one.data,
            accounts: one.accounts.map(
              ({ key: of, signer: isSigner, writable: isWritable }) =>
                new sdk.AccountMetaData({ pubkey: pub(of), isSigner, isWritable }),
            ),
          }),
      ),
      // Version 1 has one.
      instruction: undefined,
    } as unknown as ConstructorParameters<typeof sdk.ProposalTransaction>[0]);
    const room = 8 * missing([outcome.executedAt]);
    return written(account, account.accountType, 8, room, { ...meant, ...outcome });
  });
