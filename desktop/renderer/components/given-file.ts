/** As desktop/shared/contract.ts bounds it. */
const MAX_BYTES = 512 * 1024;

export interface GivenFile {
  readonly name: string;
  readonly base64: string;
}

/** A file's bytes for a call, or a sentence of why there are none. */
export async function readGiven(file: File): Promise<GivenFile | string> {
  if (file.size > MAX_BYTES)
    return 'It is larger than 512 KiB: nothing that is taken here is. Nothing was read.';
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return 'It cannot be read: it may have been moved, or it is not yours.';
  }
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { name: file.name.slice(0, 255), base64: btoa(binary) };
}
