import { type Cursor, type Read, read, type Span } from '../bytes.ts';
import { expectType, roomAt, variant } from './layout.ts';

const STATUSES = ['none', 'success', 'error'] as const;

export interface AccountRole {
  readonly key: Uint8Array;
  readonly signer: boolean;
  readonly writable: boolean;
  /** Key, then the two roles in a byte each. */
  readonly bytes: Span;
}

/** An instruction as it will be invoked, with what it calls and touches written out: SPL Governance has no table of keys. */
export interface RealmsInstruction {
  readonly program: Uint8Array;
  readonly accounts: readonly AccountRole[];
  readonly data: Uint8Array;
  readonly spans: { readonly whole: Span; readonly program: Span; readonly data: Span };
}

export interface ProposalTransaction {
  readonly proposal: Uint8Array;
  readonly optionIndex: number;
  readonly transactionIndex: number;
  readonly holdUpSeconds: number;
  readonly instructions: readonly RealmsInstruction[];
  /** Unix seconds. */
  readonly executedAt: bigint | null;
  readonly status: (typeof STATUSES)[number];
  readonly spans: {
    readonly proposal: Span;
    /** option_index and transaction_index. */
    readonly place: Span;
    readonly holdUp: Span;
    /** Length prefix and instructions. */
    readonly instructions: Span;
    readonly status: Span;
    readonly room: Span;
  };
}

function instructionAt(cursor: Cursor): RealmsInstruction {
  const from = cursor.at;
  const program = cursor.key();
  const accounts = cursor.list(cursor.u32(), 34, () => {
    const at = cursor.at;
    const [key, signer, writable] = [cursor.key(), cursor.bool(), cursor.bool()];
    return { key, signer, writable, bytes: [at, cursor.at] as const };
  });
  const data = cursor.take(cursor.u32());
  const spans = {
    whole: [from, cursor.at],
    program: [from, from + 32],
    data: [cursor.at - data.length, cursor.at],
  } as const;
  return { program, accounts, data, spans };
}

/** One transaction of a proposal's option. The program allocates room for the time of execution from the start. */
export const decodeProposalTransaction = (data: Uint8Array): Read<ProposalTransaction> =>
  read(data, (cursor) => {
    expectType(cursor, ['ProposalTransactionV2']);
    const proposal = cursor.key();
    const optionIndex = cursor.u8();
    const transactionIndex = cursor.u16();
    const holdUpSeconds = cursor.u32();
    const from = cursor.at;
    const instructions = cursor.list(cursor.u32(), 40, () => instructionAt(cursor));
    const to = cursor.at;
    const executedAt = cursor.option(cursor.i64);
    const status = variant(cursor, STATUSES, 'an execution status');
    const statusTo = cursor.at;
    if ((executedAt !== null) !== (status === 'success')) cursor.fail('a time exactly with a success', to);
    cursor.zeros(8);
    return {
      proposal,
      optionIndex,
      transactionIndex,
      holdUpSeconds,
      instructions,
      executedAt,
      status,
      spans: {
        proposal: [1, 33],
        place: [33, 36],
        holdUp: [36, 40],
        instructions: [from, to],
        status: [to, statusTo],
        room: roomAt(cursor, executedAt === null ? 8 : 0),
      },
    };
  });
