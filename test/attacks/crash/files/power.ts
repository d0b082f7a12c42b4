import type { Random } from '#test/verify/world.ts';
import type { Call } from './calls.ts';

/**
 * What a disk may hold after the power went, by what POSIX promises and no more: the content of a file up to its last
 * fsync, the names in a folder up to the last fsync of that folder. Of everything later any part may be there: writes up
 * to any byte, or as zeros, and changes of names in any selection.
 */

interface Inode {
  readonly kind: 'file' | 'folder';
  /** Content at the last fsync, and the writes since. */
  durable: Uint8Array;
  pending: Uint8Array[];
  /** Names at the last fsync, and the changes since. */
  names: Map<string, Inode>;
  changes: { readonly name: string; readonly to: Inode | null }[][];
  /** Changes of its names as a program sees them. */
  seen: Map<string, Inode>;
}

const inode = (kind: Inode['kind']): Inode => ({
  kind,
  durable: new Uint8Array(),
  pending: [],
  names: new Map(),
  changes: [],
  seen: new Map(),
});
const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A disk that is told of calls in their order, and asked what may be left of it. */
export class PowerDisk {
  readonly #root = inode('folder');
  readonly #base: string;

  /** @param base absolute path @param files what is there and safe, by absolute path */
  constructor(base: string, files: ReadonlyMap<string, Uint8Array>) {
    this.#base = base;
    for (const [path, bytes] of files) {
      const parts = this.#parts(path);
      let folder = this.#root;
      for (const name of parts.slice(0, -1)) {
        const next = folder.names.get(name) ?? inode('folder');
        folder.names.set(name, next);
        folder.seen.set(name, next);
        folder = next;
      }
      const file = inode('file');
      file.durable = bytes;
      folder.names.set(parts.at(-1) ?? '', file);
      folder.seen.set(parts.at(-1) ?? '', file);
    }
  }

  #parts(path: string): string[] {
    return path.slice(this.#base.length).split('/').filter(Boolean);
  }

  #find(path: string): Inode | undefined {
    let at: Inode | undefined = this.#root;
    for (const name of this.#parts(path)) at = at?.seen.get(name);
    return at;
  }

  /** One change of names, in one folder or two, that a disk takes whole or not at all. */
  #change(...changes: readonly { readonly path: string; readonly to: Inode | null }[]): void {
    const byFolder = new Map<Inode, { name: string; to: Inode | null }[]>();
    for (const { path, to } of changes) {
      const parts = this.#parts(path);
      const folder = this.#find(`${this.#base}/${parts.slice(0, -1).join('/')}`);
      if (!folder) throw new Error(`a change in a folder that is not there: ${path}`);
      const name = parts.at(-1) ?? '';
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), { name, to }]);
      if (to) folder.seen.set(name, to);
      else folder.seen.delete(name);
    }
    for (const [folder, some] of byFolder) folder.changes.push(some);
  }

  apply({ name, path, more, result, data }: Call): void {
    if (path.startsWith('@') || result < 0) return;
    const found = this.#find(path);
    switch (name) {
      case 'open':
        if (more === 'new') this.#change({ path, to: inode('file') });
        break;
      case 'mkdir':
        this.#change({ path, to: inode('folder') });
        break;
      case 'write':
        found?.pending.push(data);
        break;
      case 'fsync':
        if (found?.kind === 'file') {
          found.durable = joined([found.durable, ...found.pending]);
          found.pending = [];
        } else if (found) {
          found.names = new Map(found.seen);
          found.changes = [];
        }
        break;
      case 'rename':
        this.#change({ path, to: null }, { path: more, to: found ?? null });
        break;
      case 'link':
        this.#change({ path: more, to: found ?? null });
        break;
      case 'unlink':
        this.#change({ path, to: null });
        break;
      default:
    }
  }

  /** What a program sees while the power is there. */
  whole(): ReadonlyMap<string, Uint8Array> {
    const files = new Map<string, Uint8Array>();
    const walk = (folder: Inode, path: string): void => {
      for (const [name, child] of folder.seen)
        if (child.kind === 'file') files.set(`${path}/${name}`, joined([child.durable, ...child.pending]));
        else walk(child, `${path}/${name}`);
    };
    walk(this.#root, this.#base);
    return files;
  }

  /** One of the states that may be left: files by absolute path. */
  state(random: Random): ReadonlyMap<string, Uint8Array> {
    const files = new Map<string, Uint8Array>();
    const contents = new Map<Inode, Uint8Array>();
    const content = (file: Inode): Uint8Array => {
      const known = contents.get(file) ?? leftOf(file, random);
      contents.set(file, known);
      return known;
    };
    const walk = (folder: Inode, path: string): void => {
      for (const [name, child] of namesLeft(folder, random)) {
        if (child.kind === 'file') files.set(`${path}/${name}`, content(child));
        else walk(child, `${path}/${name}`);
      }
    };
    walk(this.#root, this.#base);
    return files;
  }
}

/** Nothing of what is not safe in one of three cases, all of it in another; else any part. */
function leftOf({ durable, pending }: Inode, random: Random): Uint8Array {
  const rest = joined(pending);
  if (rest.length === 0) return durable;
  const kind = random.below(5);
  if (kind === 0) return durable;
  if (kind === 1) return joined([durable, rest]);
  const length = random.below(rest.length + 1);
  // The length may be on disk before what was written there.
  if (kind === 2) return joined([durable, new Uint8Array(length)]);
  if (kind === 3) return joined([durable, rest.subarray(0, length), new Uint8Array(rest.length - length)]);
  return joined([durable, rest.subarray(0, length)]);
}

function namesLeft({ names, changes }: Inode, random: Random): ReadonlyMap<string, Inode> {
  const left = new Map(names);
  const kind = random.below(4);
  const upTo = kind === 0 ? 0 : kind === 1 ? changes.length : random.below(changes.length + 1);
  for (const [at, some] of changes.entries()) {
    const taken = kind === 3 ? random.below(2) === 0 : at < upTo;
    if (!taken) continue;
    for (const { name, to } of some)
      if (to) left.set(name, to);
      else left.delete(name);
  }
  return left;
}
