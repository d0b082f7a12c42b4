import { Keypair } from '@solana/web3.js';
import * as multisig from '@sqds/multisig';
import { expect, it } from 'vitest';
import { programDataAddress } from '#governance/chain/loader-accounts.ts';
import { buildInstruction } from '#governance/restaking/instructions.ts';
import { restakingPdas } from '#governance/restaking/pdas.ts';
import { Variant } from '#governance/restaking/plain.ts';
import type { Address } from '#governance/types.ts';
import { initializeProgram } from './initialize-program.ts';
import { councilAddress, createCouncil, squadsAccounts, vaultAddress } from './squads.ts';

// What is written by hand here for the sake of a fast start is what the SDKs would have built.

const key = () => Keypair.generate().publicKey;
const [createKey, creator, authority] = [key(), key(), key()];

it('creates the council exactly as the SDK of Squads would', () => {
  const members = [
    { key: key(), mask: 7 },
    { key: key(), mask: 1 },
  ];
  const [, treasury] = squadsAccounts(authority);
  const theirs = multisig.instructions.multisigCreateV2({
    treasury: treasury!.address,
    creator,
    multisigPda: councilAddress(createKey),
    configAuthority: null,
    threshold: 1,
    timeLock: 600,
    rentCollector: null,
    createKey,
    members: members.map(({ key: member, mask }) => ({ key: member, permissions: { mask } })),
  });
  expect(createCouncil({ createKey, creator, threshold: 1, timeLockSeconds: 600, members })).toEqual(theirs);
});

it('derives council and vault, and writes a program config, as the SDK of Squads reads them', () => {
  const [multisigPda] = multisig.getMultisigPda({ createKey });
  expect(councilAddress(createKey)).toEqual(multisigPda);
  expect(vaultAddress(multisigPda)).toEqual(multisig.getVaultPda({ multisigPda, index: 0 })[0]);
  const [account, treasury] = squadsAccounts(authority);
  expect(account!.address).toEqual(multisig.getProgramConfigPda({})[0]);
  const [config, used] = multisig.accounts.ProgramConfig.deserialize(Buffer.from(account!.data));
  expect(used).toBe(account!.data.length);
  expect([config.authority, config.treasury]).toEqual([authority, treasury!.address]);
});

it('initializes the program exactly as its IDL says', () => {
  const [programId, council, vault, epochAdmin, guardian, gatekeeper] = [
    key(),
    key(),
    key(),
    key(),
    key(),
    key(),
  ];
  const text = (value: typeof programId) => value.toBase58() as Address;
  const theirs = buildInstruction(
    'initialize',
    text(programId),
    {
      payer: text(creator),
      upgradeAuthority: text(authority),
      config: restakingPdas(text(programId)).config,
      venueAccount: text(council),
      programData: text(programDataAddress(programId)),
    },
    {
      args: {
        authority: vault,
        venue: new Variant('squads'),
        floors: { minThreshold: 3, minTimeLock: 600 },
        epochAdmin,
        guardian,
        gatekeeper,
      },
    },
  );
  const setup = {
    programId,
    payer: creator,
    upgradeAuthority: authority,
    council,
    vault,
    epochAdmin,
    guardian,
    gatekeeper,
  };
  expect(initializeProgram({ ...setup, minThreshold: 3, minTimeLockSeconds: 600 })).toEqual(theirs);
});
