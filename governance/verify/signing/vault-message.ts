import { sameBytes, toAddress } from '../bytes.ts';
import { instructionDiscriminator } from '../discriminator.ts';
import { type Announcement, decodeAnnouncement } from '../sip-bytes.ts';
import { decodeWireMessage } from '../wire.ts';
import { Refusal } from './refusal.ts';
import type { Facts, InnerInstruction, Line, Step } from './review.ts';

/** The message that a proposal would have the vault sign, as far as the bytes tell it. */
export interface ProposedMessage {
  /** Complete: data of the wrong length is refused. */
  readonly announcement: Announcement & { readonly rest: NonNullable<Announcement['rest']> };
  readonly inner: readonly InnerInstruction[];
}

/** Of the restaking program, as its IDL names them; what is not here is shown as unknown. */
const NAMES = [
  'begin_sip',
  'accept_authority',
  'propose_authority',
  'set_roles',
  'set_guard',
  'pause',
  'unpause',
  'record_external',
  'whitelist_lst',
  'set_pool_cap',
  'set_pool_status',
  'set_receipts_transferable',
  'whitelist_operator',
  'update_operator',
  'retire_operator',
  'schedule_epoch',
  'amend_epoch',
  'set_epoch_cap',
  'cancel_epoch',
  'end_epoch',
] as const;
const DISCRIMINATORS = NAMES.map((name) => [name, instructionDiscriminator(name)] as const);

/** Only messages that begin with a SIP are proposed from here. */
export function readProposedMessage(bytes: Uint8Array, step: Step, { pins }: Facts): ProposedMessage {
  const read = decodeWireMessage(bytes);
  if (!read.ok)
    throw new Refusal(
      'ARGUMENT_UNEXPECTED',
      step.at,
      `The proposed message can't be read: ${read.wanted} was expected at its byte ${read.at}.`,
    );
  const { accountKeys, instructions, lookups, numSigners } = read.value;
  if (lookups.length > 0)
    throw new Refusal('ARGUMENT_UNEXPECTED', step.at, 'The proposed message uses lookup tables.');
  // The decoder takes no more signers than keys: with one there is a first key.
  if (numSigners !== 1 || toAddress(accountKeys[0]!) !== pins.vault)
    throw new Refusal(
      'SIGNER_BESIDES',
      step.at,
      'The proposed message wants other signatures than the council vault’s.',
    );
  const inner = instructions.map(({ programIdIndex, accountIndexes, data }): InnerInstruction => {
    const program = toAddress(accountKeys[programIdIndex]!);
    const known = DISCRIMINATORS.find(([, head]) => sameBytes(head, data.subarray(0, 8)));
    return {
      program,
      name: program === pins.programId && known ? known[0] : 'unknown',
      accounts: accountIndexes.length,
      dataBytes: data.length,
    };
  });
  const first = instructions[0];
  const announced =
    first && inner[0]!.program === pins.programId ? decodeAnnouncement(first.data) : undefined;
  if (!announced?.rest)
    throw new Refusal('ARGUMENT_UNEXPECTED', step.at, 'The proposed message does not begin with a SIP.');
  return { announcement: { ...announced, rest: announced.rest }, inner };
}

export function wordsOfMessage({ announcement, inner }: ProposedMessage): readonly Line[] {
  const { number, digest, rest } = announcement;
  return [
    {
      label: 'SIP',
      value: rest.parts === null ? `${number}` : `${number}, part ${rest.part} of ${rest.parts}`,
    },
    { label: 'Digest of the text', value: digest },
    ...(rest.notAfter === null ? [] : [{ label: 'Not after', value: timeText(rest.notAfter) }]),
    ...inner.map(({ name, program }, at) => ({
      label: `Instruction ${at + 1}`,
      value: name === 'unknown' ? `unknown, of program ${program}` : name,
    })),
  ];
}

/** The last second that a calendar date is made for; what lies beyond is shown as it is. */
const LAST_DATE = 253_402_300_799n;

const timeText = (unix: bigint): string =>
  unix >= 0n && unix <= LAST_DATE
    ? `${new Date(Number(unix) * 1000).toISOString().slice(0, 19)}Z`
    : `${unix} seconds after 1970`;
