// Writes the image as the ELF shared object that loader v3 accepts.
import { alignUp, RELATIVE } from './image.mjs';

const TYPE = { PROGBITS: 1, STRTAB: 3, DYNAMIC: 6, REL: 9, DYNSYM: 11 };
const FLAG = { WRITE: 1, ALLOC: 2, EXEC: 4 };
const TAG = {
  NULL: 0,
  STRTAB: 5,
  SYMTAB: 6,
  STRSZ: 10,
  SYMENT: 11,
  REL: 17,
  RELSZ: 18,
  RELENT: 19,
  FLAGS: 30,
  RELCOUNT: 0x6ffffffa,
};
const MACHINE_BPF = 247;

/** Appends pieces at multiples of eight and remembers where each went. */
class Writer {
  constructor(first) {
    this.pieces = [first];
    this.length = first.length;
  }
  put(bytes) {
    const gap = alignUp(this.length, 8) - this.length;
    this.pieces.push(Buffer.alloc(gap), bytes);
    const at = this.length + gap;
    this.length = at + bytes.length;
    return at;
  }
}

/** A table of fixed-size rows; each row is a list of [bytes, value]. */
function rows(list) {
  return Buffer.concat(
    list.map((fields) =>
      Buffer.concat(
        fields.map(([width, value]) => {
          const field = Buffer.alloc(width);
          if (width === 8) field.writeBigUInt64LE(BigInt(value));
          else field.writeUIntLE(value, 0, width);
          return field;
        }),
      ),
    ),
  );
}

const words = (list) => rows(list.map((values) => values.map((value) => [8, value])));

/** Names one after another, each ended by NUL, after a leading NUL; `at` tells where a name begins. */
function names(list) {
  let text = '\0';
  const at = new Map();
  for (const name of list) {
    at.set(name, text.length);
    text += `${name}\0`;
  }
  return { bytes: Buffer.from(text, 'latin1'), at };
}

/** Global symbols: the system calls, undefined, then the entry point, defined in section 1. */
function dynamicSymbols(systemCalls, entryName, entry, at) {
  const symbol = (name, info, section, value, size) => [
    [4, at.get(name) ?? 0],
    [1, info],
    [1, 0],
    [2, section],
    [8, value],
    [8, size],
  ];
  const none = symbol('', 0, 0, 0, 0);
  const called = systemCalls.map((name) => symbol(name, 0x10, 0, 0, 0));
  return rows([none, ...called, symbol(entryName, 0x12, 1, entry.address, entry.size)]);
}

/**
 * @param {ReturnType<typeof import('./image.mjs').buildImage>} built
 * @param {string} entryName
 * @returns {Buffer}
 */
export function writeShared({ image, text, rodata, relro, entry, systemCalls, relocations }, entryName) {
  const out = new Writer(image);
  // Filled below, once the tables after it have their places; ten rows are the most it has.
  const dynamic = Buffer.alloc(10 * 16);
  const dynamicAt = out.put(dynamic);
  const strings = names([...systemCalls, entryName]);
  const symbols = dynamicSymbols(systemCalls, entryName, entry, strings.at);
  const symbolsAt = out.put(symbols);
  const stringsAt = out.put(strings.bytes);
  const rel = words(relocations.map(({ at, type, symbol }) => [at, (BigInt(symbol) << 32n) | BigInt(type)]));
  const relAt = out.put(rel);
  const loadEnd = out.length;

  const relocationRows = [
    [TAG.REL, relAt],
    [TAG.RELSZ, rel.length],
    [TAG.RELENT, 16],
    [TAG.RELCOUNT, relocations.filter((r) => r.type === RELATIVE).length],
  ];
  words([
    [TAG.FLAGS, 4], // DF_TEXTREL: the text itself is relocated
    ...(relocations.length > 0 ? relocationRows : []),
    [TAG.SYMTAB, symbolsAt],
    [TAG.SYMENT, 24],
    [TAG.STRTAB, stringsAt],
    [TAG.STRSZ, strings.bytes.length],
    [TAG.NULL, 0],
  ]).copy(dynamic);

  const region = (name, flags, { start, end }, align) => ({
    name,
    type: TYPE.PROGBITS,
    flags,
    at: start,
    size: end - start,
    align,
  });
  const sections = [
    { name: '', type: 0, flags: 0, at: 0, size: 0, align: 0 },
    region('.text', FLAG.ALLOC | FLAG.EXEC, text, 8),
    ...(rodata.empty ? [] : [region('.rodata', FLAG.ALLOC, rodata, 16)]),
    ...(relro.empty ? [] : [region('.data.rel.ro', FLAG.ALLOC | FLAG.WRITE, relro, 16)]),
  ];
  const [dynsymIndex, dynstrIndex] = [sections.length + 1, sections.length + 2];
  const table = (name, type, flags, at, size, more) => ({ name, type, flags, at, size, align: 8, ...more });
  sections.push(
    table('.dynamic', TYPE.DYNAMIC, FLAG.ALLOC | FLAG.WRITE, dynamicAt, dynamic.length, {
      link: dynstrIndex,
      entry: 16,
    }),
    table('.dynsym', TYPE.DYNSYM, FLAG.ALLOC, symbolsAt, symbols.length, {
      link: dynstrIndex,
      info: 1,
      entry: 24,
    }),
    table('.dynstr', TYPE.STRTAB, FLAG.ALLOC, stringsAt, strings.bytes.length, { align: 1 }),
    table('.rel.dyn', TYPE.REL, FLAG.ALLOC, relAt, rel.length, { link: dynsymIndex, entry: 16 }),
  );
  const headersAt = putSectionHeaders(out, sections);

  const file = Buffer.concat(out.pieces);
  fileHeader(entry.address, headersAt, sections.length + 1).copy(file);
  const segment = (type, flags, at, size, align) => [
    [4, type],
    [4, flags],
    [8, at],
    [8, at],
    [8, at],
    [8, size],
    [8, size],
    [8, align],
  ];
  rows([
    segment(1, 5, text.start, text.end - text.start, 0x1000), // load, read and execute
    segment(1, 4, text.end, loadEnd - text.end, 0x1000), // load, read
    segment(2, 6, dynamicAt, dynamic.length, 8), // dynamic
  ]).copy(file, 64);
  return file;
}

/** Writes the section names and headers; returns the offset of the headers. The names' own section comes last. */
function putSectionHeaders(out, sections) {
  let text = '';
  const nameAt = [...sections.map((s) => s.name), '.shstrtab'].map((name) => {
    const at = text.length;
    text += `${name}\0`;
    return at;
  });
  const bytes = Buffer.from(text, 'latin1');
  const at = out.put(bytes);
  const all = [...sections, { type: TYPE.STRTAB, flags: 0, at, size: bytes.length, align: 1 }];
  return out.put(
    rows(
      all.map((s, i) => [
        [4, nameAt[i]],
        [4, s.type],
        [8, s.flags],
        [8, s.flags & FLAG.ALLOC ? s.at : 0],
        [8, s.at],
        [8, s.size],
        [4, s.link ?? 0],
        [4, s.info ?? 0],
        [8, s.align],
        [8, s.entry ?? 0],
      ]),
    ),
  );
}

function fileHeader(entry, sectionHeaders, sectionCount) {
  const ident = Buffer.alloc(16);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]).copy(ident); // ELF64, little-endian, version 1
  const fields = [
    [2, 3], // shared object
    [2, MACHINE_BPF],
    [4, 1],
    [8, entry],
    [8, 64], // program headers
    [8, sectionHeaders],
    [4, 0], // flags 0: SBPF v0
    [2, 64],
    [2, 56],
    [2, 3],
    [2, 64],
    [2, sectionCount],
    [2, sectionCount - 1],
  ];
  return Buffer.concat([ident, rows([fields])]);
}
