/** What is wrong with a link's or an image's destination. */
export interface LinkFault {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

const HTTPS =
  /^https:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+\.?(?::\d{1,5})?(?:[/?#].*)?$/i;
const MAILTO = /^mailto:[A-Za-z0-9.!#$%*+/=?^_{|}~-]+@[A-Za-z0-9.-]+$/i;

/** Judges a destination as it stands in the source; undefined when it may stay. */
export function linkFault(destination: string): LinkFault | undefined {
  if (destination === '') {
    return {
      code: 'link-empty',
      message: 'This link leads nowhere.',
      help: 'Give it an https, mailto or relative destination.',
    };
  }
  if (/[\\\s[\]]|&#?[A-Za-z0-9]+;/.test(destination)) {
    return {
      code: 'link-escape',
      message:
        'This link holds a blank, a backslash, a square bracket or a character reference, which readers take differently.',
      help: 'Percent-encode what needs encoding (a blank is %20, [ is %5B) and write & as it is.',
    };
  }
  if (!/^[\x21-\x7e]+$/.test(destination)) {
    return {
      code: 'link-not-ascii',
      message: 'This link holds characters outside ASCII, which can imitate another address.',
      help: 'Write the host in its xn-- form and percent-encode the path.',
    };
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(destination)?.[1]?.toLowerCase();
  if (scheme === 'https') return httpsFault(destination);
  if (scheme === 'mailto') {
    return MAILTO.test(destination)
      ? undefined
      : { code: 'link-mail', message: 'This is no mail address.', help: 'Write mailto:name@example.org.' };
  }
  if (scheme !== undefined || /^[^/?#]*:/.test(destination)) {
    return {
      code: 'link-scheme',
      message: `Links lead to https, mailto or a relative path, not to ${scheme ?? 'another scheme'}:.`,
      help: scheme === 'http' ? 'Write https://.' : 'Link to an https page, or to a file beside this one.',
    };
  }
  if (destination.startsWith('/')) {
    return {
      code: 'link-absolute',
      message: 'A path that starts with / leads to a different place for every reader.',
      help: 'Write the path relative to this file, for example ./sip-0002-launch.md.',
    };
  }
  return undefined;
}

function httpsFault(destination: string): LinkFault | undefined {
  if (HTTPS.test(destination)) return undefined;
  const authority = /^https:\/\/([^/?#]*)/i.exec(destination)?.[1] ?? '';
  return authority.includes('@')
    ? {
        code: 'link-userinfo',
        message: 'This link hides its real host behind an @.',
        help: 'Leave out everything between https:// and the @.',
      }
    : {
        code: 'link-host',
        message: 'This link names no host.',
        help: 'Write https://, a full host name, and then the path.',
      };
}

/** Judges an image's source: relative paths at or below this file only. */
export function imageFault(source: string): LinkFault | undefined {
  const fault = linkFault(source);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:|^\/\//.test(source)) {
    return {
      code: 'image-remote',
      message:
        'This image comes from elsewhere: it can change after the vote, and it tells its host who reads.',
      help: 'Put the file beside the SIP and name it by a relative path, for example ./chart.png.',
    };
  }
  if (fault !== undefined) return fault;
  if (source.split(/[/?#]/).includes('..')) {
    return {
      code: 'image-path',
      message: 'This image lies outside the folder of the SIPs.',
      help: 'Put the file beside the SIP and name it without "..".',
    };
  }
  return undefined;
}
