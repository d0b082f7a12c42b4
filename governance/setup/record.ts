import { z } from 'zod';
import type { Files } from '../chain/ports.ts';
import type { Address } from '../types.ts';
import { STEPS, type StepName } from './judge.ts';

/**
 * What this console did for a deployment: data folder, setup/<genesis hash>-<program>.json. For people and for `status`
 * between the council's creation and the program's initialization; every decision is taken from the chain.
 */

const SCHEMA = z.object({
  schemaVersion: z.literal(1),
  genesisHash: z.string(),
  programId: z.string(),
  deployer: z.string(),
  buffer: z.string(),
  council: z.string(),
  binarySha256: z.string(),
  /** Signatures by step, in order. */
  signatures: z.partialRecord(z.enum(STEPS), z.array(z.string())),
});
export type SetupRecord = z.infer<typeof SCHEMA>;

const pathOf = (genesisHash: string, programId: string): string => `setup/${genesisHash}-${programId}.json`;

/** Null where there is none, or none that can be read: it is a memory, not the truth. @throws SipError FILE_UNREADABLE */
export async function readRecord(
  files: Files,
  genesisHash: string,
  programId: Address,
): Promise<SetupRecord | null> {
  const bytes = await files.read(pathOf(genesisHash, programId));
  if (bytes === null) return null;
  try {
    const parsed = SCHEMA.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** @throws SipError FILE_UNWRITABLE */
export async function writeRecord(files: Files, record: SetupRecord): Promise<void> {
  const text = `${JSON.stringify(record, null, 2)}\n`;
  await files.write(pathOf(record.genesisHash, record.programId), new TextEncoder().encode(text));
}

export function withSignature(record: SetupRecord, step: StepName, signature: string): SetupRecord {
  const before = record.signatures[step] ?? [];
  if (before.includes(signature)) return record;
  return { ...record, signatures: { ...record.signatures, [step]: [...before, signature] } };
}
