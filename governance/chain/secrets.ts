/** What of an endpoint's address may be a key, and must not come back in a message of that endpoint. */

/** What a path is made of besides keys; sentences are made of these, too. */
const WORD =
  /^(?:v\d+|api|rpc|ws|json-?rpc|solana|mainnet|mainnet-beta|testnet|devnet|localnet|public|free|pro)$/i;
/** A longer name in a query may be a key without a value. */
const LONGEST_NAME = 7;

/**
 * As they are written and as they read; longest first, so that none is cut in two by another.
 * @param credentials of the address before they were taken off it
 */
export function secretsIn({ pathname, search }: URL, credentials: readonly string[]): string[] {
  const segments = pathname.split('/').filter((segment) => segment !== '' && !WORD.test(segment));
  const values = search
    .slice(1)
    .split('&')
    .map((pair) => pair.split(/=(.*)/s, 2))
    .flatMap(([name = '', value = '']) =>
      value === '' || name.length > LONGEST_NAME ? [name, value] : [value],
    );
  // The path as a whole where something in it is cut at all.
  const found = [...credentials, ...segments, ...values, search, segments.length > 0 ? pathname : '']
    .flatMap((part) => [part, decoded(part), decoded(part.replaceAll('+', ' '))])
    .filter((part) => part !== '');
  return [...new Set(found)].sort((one, other) => other.length - one.length);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** An endpoint that refuses may repeat the address that it was asked at, and the key in it. */
export const withoutSecrets = (secrets: readonly string[], text: string): string =>
  secrets.reduce(
    (left, secret) =>
      secret.length < SHORTEST_INSIDE ? withoutWord(secret, left) : left.replaceAll(secret, '…'),
    text,
  );

/** Shorter ones are in many words, of which a message is made: they are cut where they stand by themselves. */
const SHORTEST_INSIDE = 4;

const withoutWord = (word: string, text: string): string =>
  text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`, 'gu'), '…');

const escaped = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&');
