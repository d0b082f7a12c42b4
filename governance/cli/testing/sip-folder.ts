import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshFolder } from './run-sip.ts';

const PROJECT = fileURLToPath(new URL('../../../sips', import.meta.url));

/** A folder with the project's own SIPs in `sips/`, to be worked on. */
export function folderWithSips(): string {
  const folder = freshFolder();
  mkdirSync(join(folder, 'sips'));
  cpSync(PROJECT, join(folder, 'sips'), { recursive: true });
  return folder;
}

export const SIP_8 = 'sips/sip-0008-whitelist-jupsol.md';
