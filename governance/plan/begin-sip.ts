import { hexToBytes } from '@noble/hashes/utils';
import type { TransactionInstruction } from '@solana/web3.js';
import type { BuildContext } from '../actions/action.ts';
import { buildInstruction } from '../restaking/instructions.ts';
import type { MembersHash, UnixSeconds } from '../types.ts';

export interface Beginning {
  readonly part: number;
  readonly parts: number;
  /** Instructions of the restaking program that follow in the message. */
  readonly actions: number;
  readonly notAfter: UnixSeconds;
  readonly membersHash: MembersHash;
  readonly councilTx: bigint;
}

/** First instruction of every part: what the program asks of the council before anything takes effect. */
export function beginSip(context: BuildContext, b: Beginning): TransactionInstruction {
  const { pins, pdas, sip } = context;
  const accounts = {
    authority: pins.vault,
    config: pdas.config,
    sipRecord: pdas.sipRecord(sip.number),
    council: pins.council,
  };
  const args = {
    number: sip.number,
    digest: hexToBytes(sip.digest),
    part: b.part,
    parts: b.parts,
    actions: b.actions,
    notAfter: b.notAfter as bigint,
    membersHash: hexToBytes(b.membersHash),
    councilTx: b.councilTx,
  };
  return buildInstruction('begin_sip', pins.programId, accounts, { args });
}

/** The only instruction of a new council's acceptance. */
export function acceptAuthority(context: BuildContext, councilTx: bigint): TransactionInstruction {
  const { pins, pdas, sip } = context;
  const accounts = { authority: pins.vault, config: pdas.config, council: pins.council };
  const args = { sip: sip.number, digest: hexToBytes(sip.digest), councilTx };
  return buildInstruction('accept_authority', pins.programId, accounts, { args });
}
