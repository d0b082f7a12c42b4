import type { Signer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import type { Settings } from '#governance/profile/settings.ts';
import type { KeyInfo, SandboxInfo } from '#governance/sandbox/info.ts';
import type { Deployment } from './deployment.ts';
import { pathOf, solanaKeypairFile } from './folders.ts';
import type { Io } from './io.ts';

/** A seat of the embedded network: an index into its members, or an office. */
export type Seat = number | Office;
const OFFICES = {
  'epoch-admin': 'epochAdmin',
  guardian: 'guardian',
  gatekeeper: 'gatekeeper',
  depositor: 'depositor',
} as const satisfies Record<string, keyof SandboxInfo>;
export type Office = keyof typeof OFFICES;
export const SEATS: readonly string[] = ['0', '1', '2', ...Object.keys(OFFICES)];

/**
 * Whose key signs: --as, then --keypair and what replaces it, then on the embedded network the seat that does such
 * things there, else the profile's keypair and Solana's default one.
 * @returns the file and the words for it
 * @throws SipError USAGE, LEDGER_UNSUPPORTED
 */
export function chooseKeypair(
  io: Pick<Io, 'env' | 'cwd'>,
  choice: {
    readonly as: string | undefined;
    readonly settings: Settings;
    /** Null where none is met. */
    readonly deployment: Deployment | null;
    readonly usual: Seat;
  },
): { readonly path: string; readonly who: string } {
  const { as, settings, deployment, usual } = choice;
  const said = settings.keypair;
  if (as !== undefined) {
    if (said?.source === 'flag')
      throw new SipError('USAGE', { detail: '--as and --keypair exclude each other' });
    if (!deployment?.sandbox)
      throw new SipError('USAGE', {
        detail: '--as picks a key of the embedded network only, use --keypair here',
      });
    return { path: seatKey(deployment.sandbox, as).keypairPath, who: `seat ${as}` };
  }
  if (said !== undefined && said.source !== 'solana')
    return { path: filePath(io, said.value), who: said.value };
  if (deployment?.sandbox)
    return { path: seatKey(deployment.sandbox, String(usual)).keypairPath, who: `seat ${usual}` };
  const file = deployment?.keypair ?? said?.value ?? solanaKeypairFile(io);
  return { path: filePath(io, file), who: file };
}

/** @throws SipError USAGE for a seat that is not there */
export function seatKey(sandbox: SandboxInfo, seat: string): KeyInfo {
  if (seat in OFFICES) return sandbox[OFFICES[seat as Office]];
  const member = /^\d{1,3}$/.test(seat) ? sandbox.members[Number(seat)] : undefined;
  if (member !== undefined) return member;
  const offices = Object.keys(OFFICES).join(', ');
  throw new SipError('USAGE', {
    detail: `--as "${seat}" is no seat: the embedded network has 0 to ${sandbox.members.length - 1}, ${offices}`,
  });
}

/** Solana's other kinds of signer are told apart from a file that is not there. */
function filePath(io: Pick<Io, 'env' | 'cwd'>, keypair: string): string {
  if (keypair.startsWith('usb://')) throw new SipError('LEDGER_UNSUPPORTED', { keypair });
  if (/^(?:prompt:|stdin:|file:|ASK$|-$)/.test(keypair) && !keypair.startsWith('file:'))
    throw new SipError('USAGE', {
      detail: `"${keypair}" is no keypair file, and other ways to give a key are not taken`,
    });
  return pathOf(io, keypair.replace(/^file:(?:\/\/)?/, ''));
}

/** @throws SipError FILE_UNREADABLE, KEYPAIR_EXPOSED, KEYPAIR_MALFORMED */
export async function openSigner(path: string): Promise<Signer> {
  const { keypairFileSigner } = await import('#governance/adapters/keypair-file.ts');
  return keypairFileSigner(path);
}
