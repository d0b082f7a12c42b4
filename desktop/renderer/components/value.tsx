import { hrefOf } from '../router.tsx';
import { Address } from './parts.tsx';

const KEY_OR_HASH = /^(?:[1-9A-HJ-NP-Za-km-z]{32,44}|[0-9a-f]{64})$/;

/** A value as text; a key or hash among them whole and in groups. */
export const Value = ({ text }: { readonly text: string }) =>
  KEY_OR_HASH.test(text) ? <Address value={text} /> : text;

/** The document that says so. */
export const SipLink = ({ sip }: { readonly sip: number }) => (
  <a href={hrefOf({ screen: 'sip', sip })}>SIP-{sip}</a>
);
