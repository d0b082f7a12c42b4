import { parse } from 'yaml';
import { z } from 'zod';
import { SipError } from '../errors.ts';
import type { Layer } from './settings.ts';

const CONFIG = z.object({
  json_rpc_url: z.string().optional(),
  keypair_path: z.string().optional(),
  commitment: z.string().optional(),
});

/**
 * Solana's own configuration file. Its endpoint counts only where the user names the file: a console of a council does
 * not work with whatever cluster another tool was last pointed at.
 * @throws SipError SETTINGS_INVALID
 */
export function solanaLayer(bytes: Uint8Array, where: string, named: boolean): Layer {
  let value: unknown;
  try {
    value = parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new SipError('SETTINGS_INVALID', { file: where, detail: 'it is not YAML' }, { cause });
  }
  const parsed = CONFIG.safeParse(value ?? {});
  if (!parsed.success)
    throw new SipError('SETTINGS_INVALID', { file: where, detail: 'it is not a Solana configuration' });
  const { json_rpc_url: url, keypair_path: keypair, commitment } = parsed.data;
  // `processed` may be rolled back; nothing here is decided on it.
  const usable = commitment === 'confirmed' || commitment === 'finalized' ? commitment : undefined;
  return {
    ...(named && url && { url: { value: url, where } }),
    ...(keypair && { keypair: { value: keypair, where } }),
    ...(usable && { commitment: { value: usable, where } }),
  };
}
