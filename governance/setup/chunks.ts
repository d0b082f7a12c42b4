/** A program in the pieces that single transactions carry. */

export interface Chunk {
  /** Bytes into the program. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Pieces of `elf` that `there` does not hold at the same place. */
export function missingChunks(elf: Uint8Array, there: Uint8Array, chunkBytes: number): readonly Chunk[] {
  const missing: Chunk[] = [];
  for (let offset = 0; offset < elf.length; offset += chunkBytes) {
    const bytes = elf.subarray(offset, offset + chunkBytes);
    if (!equal(bytes, there.subarray(offset, offset + bytes.length))) missing.push({ offset, bytes });
  }
  return missing;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
