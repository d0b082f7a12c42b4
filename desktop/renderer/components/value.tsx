import { grouped } from '../format.ts';
import { hrefOf } from '../router.tsx';
import { Address } from './parts.tsx';

const KEY_OR_HASH = /^(?:[1-9A-HJ-NP-Za-km-z]{32,44}|[0-9a-f]{64})$/;

const LONG_NUMBER = /^\d{5,}$/;

/** A value as text; a key or hash among them whole and in groups, and so a number of five digits or more. */
export function Value({ text }: { readonly text: string }) {
  if (KEY_OR_HASH.test(text)) return <Address value={text} />;
  return LONG_NUMBER.test(text) ? grouped(text) : text;
}

/** The document that says so. */
export const SipLink = ({ sip }: { readonly sip: number }) => (
  <a href={hrefOf({ screen: 'sip', sip })}>SIP-{sip}</a>
);
