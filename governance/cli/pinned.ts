import type { Pinned } from '#governance/bundle/check.ts';
import { SipError } from '#governance/errors.ts';
import type { Context } from './context.ts';
import { addressIn } from './deployment.ts';

/**
 * What this computer knows of council, program and cluster. With both named on the line or in the settings no profile
 * is needed, so that an offline computer needs none.
 * @param what is checked, with its article
 * @throws SipError USAGE where they are not known
 */
export async function pinnedHere(context: Context, what: string): Promise<Pinned> {
  const { settings } = context;
  const said = { council: addressIn(settings.council), programId: addressIn(settings['program-id']) };
  const chosen = settings.profile !== undefined && settings.profile.source !== 'default';
  if (!chosen && said.council !== undefined && said.programId !== undefined)
    return { council: said.council, programId: said.programId };
  const unpinned = new SipError('USAGE', {
    detail: `${what} is checked against a council and a program known from elsewhere: give --council and --program-id, or a --profile`,
  });
  if (!chosen) throw unpinned;
  const { council, programId, genesisHash } = await context.deployment();
  if (council === undefined || programId === undefined) throw unpinned;
  return { council, programId, genesisHash };
}
