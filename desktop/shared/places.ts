/**
 * Where something lies on this computer, and the address of an endpoint, are nothing for a page or a log: a path tells who
 * its user is, an address may hold a token. Of a path its last part stays, of an address its host.
 */

const SEGMENT = String.raw`[^\s"'“”‘’\`<>|:,;()[\]{}\\/]+`;
/** A blank is part of a folder's name where a separator follows: rather a word too few than half a path. */
const FOLDER = String.raw`${SEGMENT}(?: ${SEGMENT})*[\\/]+`;
const ADDRESS = String.raw`\b[a-z][a-z\d+.-]*:\/\/[^\s"'“”‘’\`<>|]*`;
/** Nothing like `and/or`, `./x`, or the `44'/501'` of a derivation path. */
const PATH = String.raw`(?<![\w.…+)\]/\\]|\d')(?:~?\/+|[a-z]:[\\/]+|\\\\)(?:${FOLDER})*${SEGMENT}[\\/]*`;
const PLACE = new RegExp(`(${ADDRESS})|${PATH}`, 'gi');

const HOME = /^(?:~|[\\/]root|(?:\/home|\/Users|[a-z]:\\Users)[\\/][^\\/]+)$/i;

/** A text without any of them. Applied again it changes nothing. */
export const withoutPlaces = (text: string): string =>
  text.replace(PLACE, (found: string, address: string | undefined) =>
    address === undefined ? lastPart(found) : hostOf(address),
  );

/** Of a path by itself, blanks in its last part included. */
export function lastPart(path: string): string {
  const bare = path.replace(/[\\/]+$/, '');
  if (HOME.test(bare)) return 'the home folder';
  return bare.split(/[\\/]/).at(-1) || 'the root folder';
}

export const isPath = (text: string): boolean => /^(?:~?\/|[a-z]:[\\/]|\\\\)/i.test(text);

function hostOf(found: string): string {
  const [end = ''] = /[.,;:)\]]*$/.exec(found) ?? [];
  const address = found.slice(0, found.length - end.length);
  const [scheme = ''] = address.split('://');
  try {
    const { protocol, host, pathname, search, hash } = new URL(address);
    if (protocol === 'file:') return `${lastPart(decodeURI(pathname))}${end}`;
    const more = /^\/?$/.test(pathname) && search === '' && hash === '' ? '' : '/…';
    return `${protocol}//${host}${more}${end}`;
  } catch {
    return `${scheme}://…${end}`;
  }
}
