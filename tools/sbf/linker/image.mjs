// Lays the object's sections out in memory and applies its relocations as loader v3 (SBPF v0) wants them.
import { Relocation, SectionFlag, SectionType, SymbolKind } from './object.mjs';

/** File offset of the first section: ELF header and three program headers stand before it. */
const FIRST = 64 + 3 * 56;
const LDDW = 0x18;
const CALLX = 0x8d;
/** Source register of a call instruction: 1 says that the immediate is relative to the next instruction. */
const PSEUDO_CALL = 0x10;
/** Runtime relocation types of the loader: R_BPF_64_RELATIVE and R_BPF_64_32 (system call by name). */
export const RELATIVE = 8;
const SYSTEM_CALL = 10;

export class LinkError extends Error {}

export const alignUp = (value, to) => Math.ceil(value / to) * to;

/** Sections that are loaded, by the region they go to. */
function sortSections({ sections, symbols }) {
  const regions = { text: [], rodata: [], relro: [] };
  for (const section of sections) {
    const { flags, name, type } = section;
    if (!(flags & SectionFlag.ALLOC) || section.size === 0) continue;
    if (type === SectionType.RELA || type === SectionType.REL) continue;
    if (name.startsWith('.BTF') || name.startsWith('.eh_frame')) continue;
    if (flags & SectionFlag.EXEC) regions.text.push(section);
    else if (name.startsWith('.data.rel.ro')) regions.relro.push(section);
    else if (flags & SectionFlag.WRITE) {
      const owners = symbols.filter(
        (s) => s.section === section.index && s.name && s.kind === SymbolKind.OBJECT,
      );
      const who = owners
        .map((s) => s.name)
        .slice(0, 8)
        .join(', ');
      throw new LinkError(
        `writable static data is not allowed in a program: ${name} (${section.size} bytes: ${who})`,
      );
    } else regions.rodata.push(section);
  }
  return regions;
}

/** Gives every section its address; file offset and address are the same number. */
function place(regions) {
  let position = FIRST;
  const region = (sections, align, atLeast) => {
    position = alignUp(position, align);
    const start = position;
    for (const section of sections) {
      position = alignUp(position, Math.max(section.align, atLeast));
      section.address = position;
      position += section.size;
    }
    return { start, end: position, empty: sections.length === 0 };
  };
  const text = region(regions.text, 8, 8);
  const rodata = region(regions.rodata, 16, 1);
  const relro = region(regions.relro, 16, 1);
  return { text, rodata, relro, end: position };
}

/** SBPF v0 takes the register of an indirect call from the immediate, LLVM puts it into the register field. */
function fixIndirectCalls(image, textSections) {
  for (const { address, size } of textSections) {
    for (let at = address; at < address + size; at += 8) {
      if (image[at] === LDDW)
        at += 8; // two slots
      else if (image[at] === CALLX) {
        image.writeUInt32LE(image[at + 1] & 15, at + 4);
        image[at + 1] = 0;
      }
    }
  }
}

/**
 * @param {ReturnType<typeof import('./object.mjs').readObject>} object
 * @param {string} entryName symbol at which the program starts
 * @returns {{ image: Buffer, text: Region, rodata: Region, relro: Region, entry: { address: number, size: number },
 *   systemCalls: string[], relocations: { at: number, type: number, symbol: number }[] }}
 *   symbol is 0, or 1 + index in systemCalls
 * @typedef {{ start: number, end: number, empty: boolean }} Region
 */
export function buildImage(object, entryName) {
  const regions = sortSections(object);
  const { text, rodata, relro, end } = place(regions);
  const loaded = [...regions.text, ...regions.rodata, ...regions.relro];
  const image = Buffer.alloc(end);
  for (const section of loaded) section.data.copy(image, section.address);
  fixIndirectCalls(image, regions.text);

  const addressOf = (symbol) => {
    const section = object.sections[symbol.section];
    if (symbol.section === 0) throw new LinkError(`undefined data symbol ${symbol.name}`);
    if (section?.address === undefined)
      throw new LinkError(`symbol ${symbol.name} in dropped section ${section?.name}`);
    return section.address + symbol.value;
  };
  const entrySymbol = object.symbols.find((symbol) => symbol.name === entryName && symbol.section !== 0);
  if (!entrySymbol) throw new LinkError(`no symbol ${entryName}`);

  const relocations = [];
  const systemCalls = new Map();
  const apply = {
    [Relocation.IMM64](at, symbol) {
      const address = addressOf(symbol) + image.readUInt32LE(at + 4);
      image.writeUInt32LE(address, at + 4);
      image.writeUInt32LE(0, at + 12);
      relocations.push({ at, type: RELATIVE, symbol: 0 });
    },
    [Relocation.WORD64](at, symbol) {
      const address = addressOf(symbol) + Number(image.readBigUInt64LE(at));
      // The loader reads the address of a data word from its upper half.
      image.writeUInt32LE(0, at);
      image.writeUInt32LE(address, at + 4);
      relocations.push({ at, type: RELATIVE, symbol: 0 });
    },
    [Relocation.CALL](at, symbol) {
      image[at + 1] = PSEUDO_CALL;
      if (symbol.section !== 0) {
        const inSection = symbol.kind === SymbolKind.SECTION ? (image.readInt32LE(at + 4) + 1) * 8 : 0;
        image.writeInt32LE((addressOf(symbol) + inSection - at) / 8 - 1, at + 4);
        return;
      }
      if (!systemCalls.has(symbol.name)) systemCalls.set(symbol.name, systemCalls.size + 1);
      image.writeInt32LE(-1, at + 4);
      relocations.push({ at, type: SYSTEM_CALL, symbol: systemCalls.get(symbol.name) });
    },
  };
  for (const { target, offset, type, symbol } of object.relocations) {
    if (target.address === undefined) continue;
    if (!apply[type]) throw new LinkError(`relocation type ${type} in ${target.name}`);
    apply[type](target.address + offset, symbol);
  }
  const unknown = [...systemCalls.keys()].filter((name) => !/^(sol_|abort$)/.test(name));
  if (unknown.length > 0) throw new LinkError(`undefined symbols: ${unknown.join(', ')}`);
  relocations.sort((a, b) => a.at - b.at);
  const entry = { address: addressOf(entrySymbol), size: entrySymbol.size };
  return { image, text, rodata, relro, entry, systemCalls: [...systemCalls.keys()], relocations };
}
