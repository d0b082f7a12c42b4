import type { Files } from '../chain/ports.ts';
import { isSipError, SipError } from '../errors.ts';
import { type ChangeRequest, inTime, lineOf, parseChangeRequests, renderChangeRequests } from './request.ts';

/** Requests for changes beside the SIP file: one file for each reviewer and digest, a line for each request. */

/** @param sipFile path of the SIP inside the folder of `files` */
export const changeRequestsFile = (
  sipFile: string,
  { digest, reviewer }: Pick<ChangeRequest, 'digest' | 'reviewer'>,
): string => `${sipFile}.changes.${digest}.${reviewer}.jsonl`;

const NAME = /^(.+)\.changes\.([0-9a-f]{64})\.([1-9A-HJ-NP-Za-km-z]{32,44})\.jsonl$/;

/** What the name of such a file says; undefined for a name of another kind. */
export function changeRequestsIn(
  name: string,
): { readonly sipFile: string; readonly digest: string; readonly reviewer: string } | undefined {
  const [, sipFile, digest, reviewer] = NAME.exec(name) ?? [];
  if (sipFile === undefined || digest === undefined || reviewer === undefined) return undefined;
  return { sipFile, digest, reviewer };
}

/** What lies beside a SIP's file, of all reviewers and digests. */
export interface Beside {
  /** Oldest first. */
  readonly requests: readonly ChangeRequest[];
  /** Files that were not read, and why: one of them hides none of the others. */
  readonly problems: readonly SipError[];
}

/**
 * Nothing said earlier is taken back by it.
 * @returns the file's name
 * @throws SipError CHANGE_REQUEST_INVALID where the file that is there cannot be read; it is left alone. FILE_UNWRITABLE
 */
export async function keepChangeRequest(
  files: Files,
  sipFile: string,
  request: ChangeRequest,
): Promise<string> {
  const path = changeRequestsFile(sipFile, request);
  const there = await files.read(path);
  const others = there === null ? [] : parseChangeRequests(there, path);
  const same = others.find(({ signature }) => signature === request.signature);
  if (same && lineOf(same) !== lineOf(request))
    throw new SipError('CHANGE_REQUEST_INVALID', {
      file: path,
      detail: 'it holds another request with the same signature',
    });
  if (!same) await files.write(path, renderChangeRequests([...others, request]));
  return path;
}

/** Also those beside an earlier name of the file, which changes with the title. @throws SipError FILE_UNREADABLE of the folder */
export async function readChangeRequests(
  files: Pick<Files, 'list' | 'read'>,
  sipFile: string,
): Promise<Beside> {
  const requests: ChangeRequest[] = [];
  const problems: SipError[] = [];
  for (const name of await files.list('.')) {
    const beside = changeRequestsIn(name)?.sipFile;
    if (beside === undefined || !isSameSip(beside, sipFile)) continue;
    try {
      requests.push(...(await readChangeRequestsFile(files, name)));
    } catch (error) {
      if (!isSipError(error)) throw error;
      problems.push(error);
    }
  }
  return { requests: onceEach(requests), problems };
}

/** One file, which has to be what its name says. @throws SipError CHANGE_REQUEST_INVALID, CHANGE_REQUEST_TOO_NEW, FILE_UNREADABLE */
export async function readChangeRequestsFile(
  files: Pick<Files, 'read'>,
  name: string,
): Promise<readonly ChangeRequest[]> {
  const found = parseChangeRequests((await files.read(name)) ?? new Uint8Array(), name);
  const [first] = found;
  const said = changeRequestsIn(name);
  if (first?.digest !== said?.digest || first?.reviewer !== said?.reviewer)
    throw new SipError('CHANGE_REQUEST_INVALID', {
      file: name,
      detail: 'its name says another reviewer or text',
    });
  return found;
}

/** Those of several folders as of one. */
export const together = (all: readonly Beside[]): Beside => ({
  requests: onceEach(all.flatMap(({ requests }) => requests)),
  problems: all.flatMap(({ problems }) => problems),
});

/** By all that they say: a forged one may carry an honest one's signature, and must not take its place. */
export const onceEach = (requests: readonly ChangeRequest[]): readonly ChangeRequest[] =>
  [...new Map(requests.map((one) => [lineOf(one), one])).values()].sort(inTime);

/** The four digits of a SIP file's name are its number. */
const NUMBER = /^sip-(\d{4})-/;
export function isSameSip(one: string, other: string): boolean {
  const number = NUMBER.exec(one)?.[1];
  return one === other || (number !== undefined && number === NUMBER.exec(other)?.[1]);
}
