// Reads a relocatable ELF64 little-endian object, as llc writes for BPF.

export const SectionType = { SYMTAB: 2, RELA: 4, NOBITS: 8, REL: 9 };
export const SectionFlag = { WRITE: 1, ALLOC: 2, EXEC: 4 };
export const SymbolKind = { OBJECT: 1, SECTION: 3 };
/** R_BPF_*: a 64-bit immediate (lddw), a 64-bit word in data, a call's 32-bit immediate. */
export const Relocation = { IMM64: 1, WORD64: 2, CALL: 10 };

const SECTION_HEADER = 64;
const SYMBOL = 24;
const REL = 16;

const textAt = (bytes, at) => bytes.toString('latin1', at, bytes.indexOf(0, at));

/**
 * @param {Buffer} bytes
 * @returns {{ sections: Section[], symbols: Sym[], relocations: Rel[] }}
 *
 * @typedef {{ index: number, name: string, type: number, flags: number, size: number, align: number, data: Buffer,
 *   offset: number, info: number, address?: number }} Section `address` is given by the layout
 * @typedef {{ name: string, kind: number, section: number, value: number, size: number }} Sym
 *   section 0: not defined here; `value` is the offset in its section
 * @typedef {{ target: Section, offset: number, type: number, symbol: Sym }} Rel in file order
 */
export function readObject(bytes) {
  const u16 = (at) => bytes.readUInt16LE(at);
  const u32 = (at) => bytes.readUInt32LE(at);
  const u64 = (at) => Number(bytes.readBigUInt64LE(at));

  const headers = u64(40);
  const sections = Array.from({ length: u16(60) }, (_, index) => {
    const at = headers + index * SECTION_HEADER;
    const [type, offset, size] = [u32(at + 4), u64(at + 24), u64(at + 32)];
    const data = type === SectionType.NOBITS ? Buffer.alloc(size) : bytes.subarray(offset, offset + size);
    const [link, info, align] = [u32(at + 40), u32(at + 44), Math.max(1, u64(at + 48))];
    return {
      index,
      nameAt: u32(at),
      name: '',
      type,
      flags: u64(at + 8),
      offset,
      size,
      link,
      info,
      align,
      data,
    };
  });
  const sectionNames = sections[u16(62)].offset;
  for (const section of sections) section.name = textAt(bytes, sectionNames + section.nameAt);

  const table = sections.find((section) => section.type === SectionType.SYMTAB);
  const symbolNames = sections[table.link].offset;
  const symbols = [];
  for (let at = table.offset; at < table.offset + table.size; at += SYMBOL) {
    const name = textAt(bytes, symbolNames + u32(at));
    symbols.push({
      name,
      kind: bytes[at + 4] & 15,
      section: u16(at + 6),
      value: u64(at + 8),
      size: u64(at + 16),
    });
  }

  const relocations = [];
  for (const section of sections) {
    if (section.type !== SectionType.REL) continue;
    const target = sections[section.info];
    for (let at = section.offset; at < section.offset + section.size; at += REL) {
      const info = bytes.readBigUInt64LE(at + 8);
      const [type, symbol] = [Number(info & 0xffffffffn), symbols[Number(info >> 32n)]];
      relocations.push({ target, offset: u64(at), type, symbol });
    }
  }
  return { sections, symbols, relocations };
}
