import * as sdk from '@solana/spl-governance';
import { Keypair, PublicKey, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import BN from 'bn.js';
import { addressOf } from '#governance/chain/address.ts';
import { openJournal } from '#governance/chain/journal.ts';
import { sendTransaction } from '#governance/chain/send.ts';
import { TOKEN_PROGRAM } from '#governance/sandbox/lsts/token.ts';
import type { Address } from '#governance/types.ts';
import type { AccountBytes } from '#governance/verify/index.ts';
import { le } from '../verify/world.ts';
import { type LiteSvmRpc, liteSvmRpc } from './litesvm-rpc.ts';
import { keypairSigner, memoryPorts } from './memory-ports.ts';
import { programPath } from './programs.ts';

const PROGRAM = new PublicKey('GovER5Lthms3bLBqWub97yVrMmEogzX7xNjdXpPPCVZw');
const VERSION = sdk.PROGRAM_VERSION_V3;
const SUPPLY = 1_000n;

const { Disabled, YesVotePercentage } = sdk.VoteThresholdType;
export const threshold = (percent: number | null) =>
  new sdk.VoteThreshold(
    percent === null ? { type: Disabled, value: undefined } : { type: YesVotePercentage, value: percent },
  );

export const governanceConfig = (changed: Partial<sdk.GovernanceConfig> = {}) =>
  new sdk.GovernanceConfig({
    communityVoteThreshold: threshold(60),
    minCommunityTokensToCreateProposal: new BN(1),
    minInstructionHoldUpTime: 5,
    baseVotingTime: 3_600,
    communityVoteTipping: sdk.VoteTipping.Early,
    minCouncilTokensToCreateProposal: new BN(1),
    councilVoteThreshold: threshold(50),
    councilVetoVoteThreshold: threshold(40),
    communityVetoVoteThreshold: threshold(80),
    councilVoteTipping: sdk.VoteTipping.Strict,
    votingCoolOffTime: 0,
    depositExemptProposalCount: 10,
    ...changed,
  });

interface Draft {
  readonly name?: string;
  readonly options?: readonly string[];
  /** Of option 1, one list for each transaction. */
  readonly transactions?: readonly (readonly TransactionInstruction[])[];
}

export interface RealmsWorld {
  readonly svm: LiteSvmRpc;
  readonly realm: PublicKey;
  readonly governance: PublicKey;
  readonly governedAccount: PublicKey;
  readonly treasury: PublicKey;
  readonly communityMint: PublicKey;
  readonly councilMint: PublicKey;
  account(address: PublicKey | Address): Promise<AccountBytes | null>;
  send(instructions: readonly TransactionInstruction[]): Promise<void>;
  /** In draft; with addresses of its transactions. */
  drafted(draft?: Draft): Promise<{ proposal: PublicKey; transactions: readonly PublicKey[] }>;
  remove(proposal: PublicKey, transaction: PublicKey): Promise<void>;
  signOff(proposal: PublicKey): Promise<void>;
  /** By the holder of all votes, which decides it at once. */
  voteYes(proposal: PublicKey): Promise<void>;
  execute(proposal: PublicKey, transaction: PublicKey): Promise<void>;
  /** Draft, vote, execution of one transaction. */
  decide(instructions: readonly TransactionInstruction[]): Promise<void>;
  giveUpRealmAuthority(): Promise<void>;
}

/** A realm with one holder of all votes and one governance, on the real SPL Governance program in a LiteSVM. */
export async function realmsWorld(): Promise<RealmsWorld> {
  const svm = liteSvmRpc();
  svm.addProgram(PROGRAM, programPath('spl-governance'));
  const holder = keypairSigner();
  const owner = holder.publicKey;
  svm.airdrop(owner, 50_000_000_000n);
  const memory = memoryPorts();
  const ports = { rpc: svm, journal: await openJournal(memory), timer: memory.timer };

  const communityMint = mintOf(svm, owner);
  const councilMint = mintOf(svm, owner);
  const source = tokensOf(svm, communityMint, owner);

  const send = async (instructions: readonly TransactionInstruction[]) => {
    const outcome = await sendTransaction(ports, { signer: holder, instructions, describe: 'test' });
    if (outcome.kind !== 'landed') throw new Error(`not sent: ${outcome.kind} ${JSON.stringify(outcome)}`);
  };
  const sent = async <T>(build: (into: TransactionInstruction[]) => Promise<T> | T): Promise<T> => {
    const instructions: TransactionInstruction[] = [];
    const result = await build(instructions);
    await send(instructions);
    return result;
  };

  const weight = sdk.MintMaxVoteWeightSource.FULL_SUPPLY_FRACTION;
  const realm = await sent((into) =>
    sdk.withCreateRealm(
      ...([into, PROGRAM, VERSION, 'Council of LSTs', owner, communityMint, owner] as const),
      ...([councilMint, weight, new BN(1)] as const),
    ),
  );
  const record = await sent((into) =>
    sdk.withDepositGoverningTokens(
      ...([into, PROGRAM, VERSION, realm, source, communityMint, owner, owner, owner] as const),
      new BN(SUPPLY.toString()),
    ),
  );
  const governedAccount = Keypair.generate().publicKey;
  const governance = await sent((into) =>
    sdk.withCreateGovernance(
      ...([
        into,
        PROGRAM,
        VERSION,
        realm,
        governedAccount,
        governanceConfig(),
        record,
        owner,
        owner,
      ] as const),
    ),
  );
  const treasury = await sent((into) =>
    sdk.withCreateNativeTreasury(into, PROGRAM, VERSION, governance, owner),
  );
  svm.airdrop(treasury, 5_000_000_000n);

  const contents = new Map<string, readonly TransactionInstruction[]>();
  const world: RealmsWorld = {
    ...{ svm, realm, governance, governedAccount, treasury, communityMint, councilMint, send },
    async account(address) {
      const { accounts } = await svm.getAccounts([new PublicKey(address)]);
      const [found] = accounts;
      return found
        ? { address: addressOf(found.address), owner: addressOf(found.owner), data: found.data }
        : null;
    },
    async drafted({ name = 'A decision', options = ['Approve'], transactions = [] } = {}) {
      const choice =
        options.length === 1
          ? sdk.VoteType.SINGLE_CHOICE
          : sdk.VoteType.MULTI_CHOICE(sdk.MultiChoiceType.FullWeight, 1, options.length, options.length);
      const proposal = await sent((into) =>
        sdk.withCreateProposal(
          ...([into, PROGRAM, VERSION, realm, governance, record, name, 'https://example.org/7'] as const),
          ...([communityMint, owner, undefined, choice] as const),
          [...options],
          true,
          owner,
        ),
      );
      const addresses: PublicKey[] = [];
      for (const [index, instructions] of transactions.entries()) {
        const data = instructions.map(sdk.createInstructionData);
        const address = await sent((into) =>
          sdk.withInsertTransaction(
            ...([into, PROGRAM, VERSION, governance, proposal, record, owner, index, 0, 5] as const),
            ...([data, owner] as const),
          ),
        );
        contents.set(address.toBase58(), instructions);
        addresses.push(address);
      }
      return { proposal, transactions: addresses };
    },
    remove: (proposal, transaction) =>
      sent((into) =>
        sdk.withRemoveTransaction(into, PROGRAM, VERSION, proposal, record, owner, transaction, owner),
      ),
    signOff: (proposal) =>
      sent((into) =>
        sdk.withSignOffProposal(
          ...([into, PROGRAM, VERSION, realm, governance, proposal, owner, undefined, record] as const),
        ),
      ),
    async voteYes(proposal) {
      const yes = sdk.Vote.fromYesNoVote(sdk.YesNoVote.Yes);
      await sent((into) =>
        sdk.withCastVote(
          ...([into, PROGRAM, VERSION, realm, governance, proposal, record, record, owner] as const),
          ...([communityMint, yes, owner] as const),
        ),
      );
    },
    async execute(proposal, transaction) {
      const data = (contents.get(transaction.toBase58()) ?? []).map(sdk.createInstructionData);
      svm.advance(6);
      await sent((into) =>
        sdk.withExecuteTransaction(into, PROGRAM, VERSION, governance, proposal, transaction, data),
      );
    },
    async decide(instructions) {
      const { proposal, transactions } = await world.drafted({ transactions: [instructions] });
      await world.signOff(proposal);
      await world.voteYes(proposal);
      await world.execute(proposal, transactions[0] as PublicKey);
    },
    giveUpRealmAuthority: () =>
      sent((into) => {
        const { Remove } = sdk.SetRealmAuthorityAction;
        sdk.withSetRealmAuthority(into, PROGRAM, VERSION, realm, owner, undefined, Remove);
        // The SDK names a new authority even where there is none.
        for (const { keys } of into) keys.splice(2);
      }),
  };
  return world;
}

/** SPL Token's mint and account as that program stores them: supply and holding are the same. */
function mintOf(svm: LiteSvmRpc, authority: PublicKey): PublicKey {
  const fields = [le(1, 4), authority.toBytes(), le(SUPPLY, 8), le(0, 1), le(1, 1), new Uint8Array(36)];
  return put(svm, fields);
}

function tokensOf(svm: LiteSvmRpc, mint: PublicKey, owner: PublicKey): PublicKey {
  const tail = [new Uint8Array(36), le(1, 1), new Uint8Array(12 + 8 + 36)];
  return put(svm, [mint.toBytes(), owner.toBytes(), le(SUPPLY, 8), ...tail]);
}

function put(svm: LiteSvmRpc, fields: readonly Uint8Array[]): PublicKey {
  const address = Keypair.generate().publicKey;
  const data = Uint8Array.from(fields.flatMap((field) => [...field]));
  svm.setAccount({ address, owner: TOKEN_PROGRAM, lamports: 10_000_000n, data });
  return address;
}

export const payment = (from: PublicKey, lamports = 1_000_000, to = Keypair.generate().publicKey) =>
  SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports });
