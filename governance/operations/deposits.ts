import type { TransactionInstruction } from '@solana/web3.js';
import { addressOf, keyOf } from '../chain/address.ts';
import type { ChainReader, Signer } from '../chain/ports.ts';
import type { SendPorts } from '../chain/send.ts';
import type { RestakingPool } from '../restaking/accounts.ts';
import { buildInstruction } from '../restaking/instructions.ts';
import { associatedTokenAddress, restakingPdas, TOKEN_PROGRAMS } from '../restaking/pdas.ts';
import { readAccount } from '../restaking/state.ts';
import type { Address, Pins } from '../types.ts';
import { type NotDone, notDone, type VenueOptions } from '../venues/squads/outcome.ts';
import { type OperationOutcome, sendOperation } from './send.ts';

export interface DepositRequest {
  readonly pins: Pins;
  readonly owner: Signer;
  readonly lstMint: Address;
  readonly amountBaseUnits: bigint;
}

interface Where {
  readonly pool: RestakingPool;
  readonly accounts: Readonly<Record<string, Address>>;
}

/**
 * Deposits an LST into its pool in the active epoch, or in `epochIndex`, which the program refuses unless it is active.
 * @param request.gatekeeper co-signs where the epoch is by invitation.
 */
export async function restake(
  ports: SendPorts,
  request: DepositRequest & { readonly gatekeeper?: Signer; readonly epochIndex?: number },
  options: VenueOptions = {},
): Promise<OperationOutcome> {
  const { pins, gatekeeper } = request;
  const where = await locate(ports.rpc, request);
  if ('kind' in where) return where;
  const pdas = restakingPdas(pins.programId);
  const config = await readAccount(ports.rpc, pins.programId, 'Config', pdas.config);
  const index = request.epochIndex ?? config?.activeEpoch ?? undefined;
  if (index === undefined)
    return notDone('EPOCH_NOT_READY', { index, gate: 'active', detail: 'no epoch takes deposits now' });
  const accounts = {
    ...where.accounts,
    epoch: pdas.epoch(index),
    epochCap: pdas.epochCap(index, pdas.pool(request.lstMint)),
    gatekeeper: gatekeeper && addressOf(gatekeeper.publicKey),
  };
  const instruction = buildInstruction('restake', pins.programId, accounts, {
    amount: request.amountBaseUnits,
  });
  return send(
    ports,
    request,
    instruction,
    `restake ${where.pool.symbol}`,
    gatekeeper ? [gatekeeper] : undefined,
    options,
  );
}

/** Burns receipts and takes the LST back. */
export async function unrestake(
  ports: SendPorts,
  request: DepositRequest,
  options: VenueOptions = {},
): Promise<OperationOutcome> {
  const { pins } = request;
  const where = await locate(ports.rpc, request);
  if ('kind' in where) return where;
  const pdas = restakingPdas(pins.programId);
  const position = pdas.position(pdas.pool(request.lstMint), addressOf(request.owner.publicKey));
  const instruction = buildInstruction(
    'unrestake',
    pins.programId,
    { ...where.accounts, position },
    { amount: request.amountBaseUnits },
  );
  return send(ports, request, instruction, `unrestake ${where.pool.symbol}`, undefined, options);
}

/** The accounts that deposit and withdrawal share. */
async function locate(
  reader: ChainReader,
  { pins, owner, lstMint }: DepositRequest,
): Promise<Where | NotDone> {
  const pdas = restakingPdas(pins.programId);
  const poolAddress = pdas.pool(lstMint);
  const pool = await readAccount(reader, pins.programId, 'RestakingPool', poolAddress);
  if (!pool) return notDone('LST_NOT_WHITELISTED', { mint: lstMint });
  const { accounts } = await reader.getAccounts([keyOf(lstMint)]);
  const lstTokenProgram = (accounts[0]?.owner.toBase58() ?? TOKEN_PROGRAMS.token) as Address;
  const holder = addressOf(owner.publicKey);
  return {
    pool,
    accounts: {
      owner: holder,
      config: pdas.config,
      pool: poolAddress,
      lstMint,
      lstAccount: associatedTokenAddress(holder, lstMint, lstTokenProgram),
      lstVault: associatedTokenAddress(poolAddress, lstMint, lstTokenProgram),
      rstMint: pool.rstMint,
      rstAccount: associatedTokenAddress(holder, pool.rstMint, TOKEN_PROGRAMS.token),
      lstTokenProgram,
    },
  };
}

function send(
  ports: SendPorts,
  { pins, owner }: DepositRequest,
  instruction: TransactionInstruction,
  describe: string,
  extraSigners: readonly Signer[] | undefined,
  options: VenueOptions,
): Promise<OperationOutcome> {
  const base = { pins, signer: owner, instructions: [instruction], describe };
  return sendOperation(ports, extraSigners ? { ...base, extraSigners } : base, options);
}
