import { readFileSync } from 'node:fs';
import { Keypair, PublicKey } from '@solana/web3.js';
import { accounts } from '@sqds/multisig';
import { openJournal } from '#governance/chain/journal.ts';
import { type LiteSvmRpc, liteSvmRpc } from '#test/support/litesvm-rpc.ts';
import { keypairSigner, memoryPorts } from '#test/support/memory-ports.ts';
import { programPath } from '#test/support/programs.ts';
import { addressOf } from '../../chain/address.ts';
import { LOADER, programDataAddress } from '../../chain/loader-accounts.ts';
import type { Rpc, Signer } from '../../chain/ports.ts';
import type { Address } from '../../types.ts';
import { programConfigAddress, SQUADS_PROGRAM_ID } from '../../venues/squads/pdas.ts';
import { type Applied, applySetup, type SetupOptions } from '../apply.ts';
import { parseSetupFile, type SetupFile } from '../file.ts';
import { developmentProgramSigner } from '../keys.ts';
import { type Prepared, prepare, type SetupRequest } from '../prepare.ts';

/** A cluster in a LiteSVM with nothing but Squads, and a deployer. */
export interface SetupWorld {
  readonly svm: LiteSvmRpc;
  readonly deployer: ReturnType<typeof keypairSigner>;
  readonly members: readonly Address[];
  readonly file: SetupFile;
  readonly elf: Uint8Array;
  readonly treasury: PublicKey;
  prepared(changes?: Partial<SetupRequest>): Promise<Prepared>;
  /** @param rpc replaces methods of the cluster's, e.g. with ones that fail */
  apply(prepared: Prepared, rpc?: Partial<Rpc>, options?: SetupOptions): Promise<Applied>;
  /** Writes the program as if it had been deployed by `authority`. */
  writeProgram(authority: Signer['publicKey'] | null, elf?: Uint8Array): void;
}

export const CREATION_FEE_LAMPORTS = 50_000_000n;
export const SOL = 1_000_000_000n;

/** What the example of a file is changed by. */
export function setupFile(members: readonly Address[], changes: object = {}): SetupFile {
  const office = () => addressOf(Keypair.generate().publicKey);
  const value = {
    name: 'test',
    members: members.map((key, seat) => ({
      key,
      permissions: seat < members.length - 1 ? ['initiate', 'vote', 'execute'] : ['initiate'],
    })),
    threshold: 2,
    timeLockSeconds: 600,
    floors: { minThreshold: 2, minTimeLockSeconds: 600 },
    epochAdmin: office(),
    guardian: office(),
    gatekeeper: null,
    vaultLamports: '2000000000',
    ...changes,
  };
  return parseSetupFile(new TextEncoder().encode(JSON.stringify(value)), 'setup.json');
}

export async function setupWorld(options: { elf?: Uint8Array } = {}): Promise<SetupWorld> {
  const svm = liteSvmRpc();
  svm.addProgram(SQUADS_PROGRAM_ID, programPath('squads'));
  const deployer = keypairSigner();
  svm.airdrop(deployer.publicKey, 100n * SOL);
  const treasury = Keypair.generate().publicKey;
  svm.airdrop(treasury, SOL);
  const [config] = accounts.ProgramConfig.fromArgs({
    authority: treasury,
    multisigCreationFee: Number(CREATION_FEE_LAMPORTS),
    treasury,
    reserved: Array<number>(64).fill(0),
  }).serialize();
  svm.setAccount({
    address: programConfigAddress(),
    owner: SQUADS_PROGRAM_ID,
    lamports: 10_000_000n,
    data: Uint8Array.from(config),
  });
  const elf = options.elf ?? new Uint8Array(readFileSync(programPath('restaking')));
  const members = Array.from({ length: 4 }, () => addressOf(Keypair.generate().publicKey));
  const file = setupFile(members);
  const programKey = developmentProgramSigner();
  const memory = memoryPorts();

  return {
    svm,
    deployer,
    members,
    file,
    elf,
    treasury,
    prepared: async (changes = {}) =>
      prepare({
        file,
        elf,
        programId: addressOf(programKey.publicKey),
        programKey,
        deployer,
        createKey: null,
        genesisHash: await svm.genesisHash(),
        ...changes,
      }),
    async apply(prepared, rpc = {}, applyOptions = {}) {
      const journal = await openJournal(memory);
      const ports = {
        rpc: { ...svm, ...rpc },
        journal,
        timer: memory.timer,
        tally: { sent: 'no' as const },
      };
      return applySetup(ports, prepared, applyOptions).finally(() => journal.close());
    },
    writeProgram(authority, content = elf) {
      const programId = programKey.publicKey;
      const programData = programDataAddress(programId);
      const header = new Uint8Array(45);
      new DataView(header.buffer).setUint32(0, 3, true);
      header[12] = authority === null ? 0 : 1;
      header.set((authority ?? PublicKey.default).toBytes(), 13);
      const data = Uint8Array.from([...header, ...content]);
      const pointer = Uint8Array.from([2, 0, 0, 0, ...programData.toBytes()]);
      const account = { owner: LOADER, lamports: 10n * SOL };
      svm.setAccount({ ...account, address: programData, data });
      svm.setAccount({ ...account, address: programId, data: pointer, executable: true });
    },
  };
}
