import { sha256 } from '@noble/hashes/sha2';
import bs58 from 'bs58';
import { hex, toAddress } from '../bytes.ts';
import { VERDICTS } from '../difference.ts';
import { isShownAsMeant } from './change-text.ts';
import { readOffchain, WORDS_AT } from './offchain.ts';
import { Refusal } from './refusal.ts';
import type { Facts, Line, Review } from './review.ts';

/**
 * What is signed besides transactions: that an author hands in a SIP, what a member's console found in a transaction, and
 * what a reviewer wants changed. Each has one form; none of them can become a transaction.
 */

/** In the only form there is: no leading zero, lower-case hex, keys in base58. */
const SIP = 'Solayer SIP-([1-9]\\d{0,3})';
const HASH = '([0-9a-f]{64})';
const KEY = '([1-9A-HJ-NP-Za-km-z]{32,44})';
const PLACE = `council ${KEY}; program ${KEY}; genesis ${KEY}; chain time (0|[1-9]\\d{0,11}); tool ([0-9A-Za-z.+-]{1,32})`;
const HAND_IN = new RegExp(`^${SIP} ${HASH}$`);
const RECEIPT = new RegExp(
  `^${SIP} review receipt 1, not an approval; verdict ([a-z-]+); digest ${HASH}; transaction ([1-9]\\d{0,15}); message (none|[0-9a-f]{64}); ${PLACE}$`,
);
const CHANGES = new RegExp(
  `^${SIP} request for changes 1, not a vote; digest ${HASH}; ${PLACE}; changes: ([^]+)$`,
);
/** The end of the year 9999. */
const TIME_END = 253_402_300_800;

type Said = Pick<Review, 'kind' | 'title' | 'lines' | 'transactionIndex'>;
type Place = readonly [council: string, program: string, genesis: string, time: string, tool: string];

/** What the groups of a form took: none of them is optional. */
const groups = <T extends readonly string[]>(form: RegExp, words: string): T | undefined =>
  form.exec(words)?.slice(1) as unknown as T | undefined;

/** Reads the whole of it. */
export function readStatement(bytes: Uint8Array, facts: Facts): Review {
  const words = readOffchain(bytes);
  const said = handIn(words) ?? receipt(words, facts) ?? changes(words, facts);
  if (said === null)
    throw unexpected(
      'The statement is neither a hand-in of a SIP, nor a review receipt, nor a request for changes.',
    );
  const hash = sha256(bytes);
  return {
    ...said,
    announcement: null,
    inner: [],
    messageHash: { hex: hex(hash), base58: toAddress(hash) },
  };
}

function handIn(words: string): Said | null {
  const found = groups<readonly [number: string, digest: string]>(HAND_IN, words);
  if (found === undefined) return null;
  const [number, digest] = found;
  return {
    kind: 'hand-in',
    title: `Hand in SIP-${number}`,
    lines: [
      { label: 'Statement', value: `Solayer SIP-${number}, and its digest` },
      { label: 'Digest of the text', value: digest },
      { label: 'On chain', value: 'nothing: no transaction can be made of it' },
    ],
    transactionIndex: null,
  };
}

function receipt(words: string, facts: Facts): Said | null {
  type Groups = readonly [
    ...[number: string, verdict: string, digest: string, index: string, message: string],
    ...Place,
  ];
  const found = groups<Groups>(RECEIPT, words);
  if (found === undefined) return null;
  const [number, verdict, digest, index, message, ...place] = found;
  if (!VERDICTS.some((one) => one === verdict)) throw unexpected('The receipt names a verdict that is none.');
  const transactionIndex = BigInt(index);
  if (transactionIndex > Number.MAX_SAFE_INTEGER)
    throw unexpected('The receipt names no transaction of a council.');
  if (facts.transactionIndex !== null && facts.transactionIndex !== transactionIndex)
    throw unexpected(`The receipt is about transaction ${index}, not the one that was asked for.`);
  return {
    kind: 'review-receipt',
    title: `Give a review receipt for SIP-${number}, transaction ${index}`,
    lines: [
      { label: 'Verdict found', value: verdict },
      { label: 'Digest of the text', value: digest },
      message === 'none'
        ? { label: 'Message on chain', value: 'could not be read' }
        : { label: 'Message on chain', value: message, address: true },
      ...placeOf(place, facts),
      {
        label: 'On chain',
        value: 'nothing: a receipt approves nothing, and no transaction can be made of it',
      },
    ],
    transactionIndex,
  };
}

function changes(words: string, facts: Facts): Said | null {
  type Groups = readonly [number: string, digest: string, ...Place, text: string];
  const found = groups<Groups>(CHANGES, words);
  if (found === undefined) return null;
  const [number, digest, council, program, genesis, time, tool, text] = found;
  if (!isShownAsMeant(text))
    throw unexpected('What should change is too long, or would not be shown as it is meant.');
  return {
    kind: 'request-changes',
    title: `Request changes to SIP-${number}`,
    lines: [
      { label: 'What should change', value: text },
      { label: 'Digest of the text', value: digest },
      ...placeOf([council, program, genesis, time, tool], facts),
      { label: 'On chain', value: 'nothing: it is no vote, and no transaction can be made of it' },
    ],
    transactionIndex: null,
  };
}

/** Where and when it was said; a statement for another council is for another console. */
function placeOf([council, program, genesis, time, tool]: Place, { pins }: Facts): readonly Line[] {
  if (council !== pins.council || program !== pins.programId)
    throw unexpected('The statement is for another council or program than the one that it is asked for.');
  // In the letters of KEY, and no others, a key has one form.
  if (bs58.decode(genesis).length !== 32) throw unexpected('The statement names no genesis hash.');
  if (Number(time) >= TIME_END) throw unexpected('The statement names no time.');
  return [
    { label: 'Council', value: council, address: true },
    { label: 'Program', value: program, address: true },
    { label: 'Genesis hash', value: genesis, address: true },
    { label: 'Chain time', value: `${new Date(Number(time) * 1000).toISOString().slice(0, 19)}Z` },
    { label: 'Console', value: `version ${tool}` },
  ];
}

const unexpected = (sentence: string): Refusal => new Refusal('ARGUMENT_UNEXPECTED', WORDS_AT, sentence);
