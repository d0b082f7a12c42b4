import * as sdk from '@solana/spl-governance';
import fc from 'fast-check';
import {
  bn,
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

export const realm: fc.Arbitrary<Written> = fc
  .record({
    communityMint: key,
    minCommunityWeightToCreateGovernance: u64,
    maxVoterWeight: fc.record({
      source: fc.constantFrom('supply-fraction' as const, 'absolute' as const),
      value: u64,
    }),
    councilMint: option(key),
    authority: option(key),
    name: text(30).filter((name) => Buffer.byteLength(name) <= 32),
    legacy: fc.tuple(fc.nat(1), fc.nat(1), u16),
  })
  .map((meant) => {
    const { Absolute, SupplyFraction } = sdk.MintMaxVoteWeightSourceType;
    const { source, value } = meant.maxVoterWeight;
    const account = new sdk.Realm({
      communityMint: pub(meant.communityMint),
      reserved: new Uint8Array(6),
      votingProposalCount: meant.legacy[2],
      authority: some(meant.authority, pub),
      name: meant.name,
      config: new sdk.RealmConfig({
        councilMint: some(meant.councilMint, pub),
        communityMintMaxVoteWeightSource: new sdk.MintMaxVoteWeightSource({
          type: source === 'absolute' ? Absolute : SupplyFraction,
          value: bn(value),
        }),
        minCommunityTokensToCreateGovernance: bn(meant.minCommunityWeightToCreateGovernance),
        useCommunityVoterWeightAddin: meant.legacy[0] === 1,
        useMaxCommunityVoterWeightAddin: meant.legacy[1] === 1,
        reserved: new Uint8Array(6),
      }),
    });
    account.accountType = sdk.GovernanceAccountType.RealmV2;
    const room = 32 * missing([meant.councilMint, meant.authority]);
    return written(account, account.accountType, 128, room, meant);
  });

const TIPPINGS = ['strict', 'early', 'disabled'] as const;
const GOVERNANCES = {
  GovernanceV2: sdk.GovernanceAccountType.GovernanceV2,
  ProgramGovernanceV2: sdk.GovernanceAccountType.ProgramGovernanceV2,
  MintGovernanceV2: sdk.GovernanceAccountType.MintGovernanceV2,
  TokenGovernanceV2: sdk.GovernanceAccountType.TokenGovernanceV2,
} as const;

export const governance: fc.Arbitrary<Written> = fc
  .record({
    type: fc.constantFrom(...(Object.keys(GOVERNANCES) as (keyof typeof GOVERNANCES)[])),
    realm: key,
    governedAccount: key,
    legacyProposals: u32,
    config: fc.record({
      communityVoteThreshold: threshold,
      minCommunityWeightToCreateProposal: u64,
      minHoldUpSeconds: u32,
      votingSeconds: u32,
      communityVoteTipping: fc.constantFrom(...TIPPINGS),
      councilVoteThreshold: threshold,
      councilVetoVoteThreshold: threshold,
      minCouncilWeightToCreateProposal: u64,
      councilVoteTipping: fc.constantFrom(...TIPPINGS),
      communityVetoVoteThreshold: threshold,
      coolOffSeconds: u32,
      depositExemptProposals: u8,
    }),
    requiredSignatories: u8,
    activeProposals: u64,
  })
  .map((meant) => {
    const { config: c } = meant;
    const thresholds = [c.communityVoteThreshold, c.councilVoteThreshold] as const;
    const vetoes = [c.councilVetoVoteThreshold, c.communityVetoVoteThreshold] as const;
    const account = new sdk.Governance({
      realm: pub(meant.realm),
      governedAccount: pub(meant.governedAccount),
      proposalCount: meant.legacyProposals,
      config: new sdk.GovernanceConfig({
        communityVoteThreshold: thresholdOf(thresholds[0]),
        minCommunityTokensToCreateProposal: bn(c.minCommunityWeightToCreateProposal),
        minInstructionHoldUpTime: c.minHoldUpSeconds,
        baseVotingTime: c.votingSeconds,
        communityVoteTipping: TIPPINGS.indexOf(c.communityVoteTipping),
        councilVoteThreshold: thresholdOf(thresholds[1]),
        councilVetoVoteThreshold: thresholdOf(vetoes[0]),
        minCouncilTokensToCreateProposal: bn(c.minCouncilWeightToCreateProposal),
        councilVoteTipping: TIPPINGS.indexOf(c.councilVoteTipping),
        communityVetoVoteThreshold: thresholdOf(vetoes[1]),
        votingCoolOffTime: c.coolOffSeconds,
        depositExemptProposalCount: c.depositExemptProposals,
      }),
      // The SDK's reserved bytes take in the number of required signatories, which is their last one.
      reserved: Uint8Array.from([...new Uint8Array(119), meant.requiredSignatories]),
      activeProposalCount: bn(meant.activeProposals),
      accountType: GOVERNANCES[meant.type],
    });
    const room = missing([...thresholds, ...vetoes]);
    return written(account, account.accountType, 0, room, meant);
  });
