import { join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import { isSipFile } from '#governance/sip/file-name.ts';
import type { World } from './world.ts';

/**
 * What was typed and not saved, one file for each document, in a folder below the deployment's documents from which nobody
 * reads SIPs. A draft is there until its document is saved with the same text or somebody drops it.
 */
const filesOf = ({ documents }: Pick<World, 'documents'>) => folderFiles(join(documents.folder, 'unsaved'));

export async function draftsOf(world: World): Promise<{ sip: number; fileName: string }[]> {
  const names = (await filesOf(world).list('')).filter((name) => isSipFile(name) && /^sip-\d{4}-/.test(name));
  return names.map((fileName) => ({ sip: Number(fileName.slice(4, 8)), fileName }));
}

export async function readDraft(world: World, fileName: string): Promise<string> {
  return new TextDecoder().decode((await filesOf(world).read(fileName)) ?? new Uint8Array());
}

/** @throws SipError FILE_UNWRITABLE */
export function keepDraft(world: World, fileName: string, text: string): Promise<void> {
  return filesOf(world).write(fileName, new TextEncoder().encode(text));
}

/** None is there as a rule. */
export async function dropDraft(world: World, fileName: string): Promise<void> {
  const files = filesOf(world);
  if ((await files.list('')).includes(fileName)) await files.remove(fileName);
}
