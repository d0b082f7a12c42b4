import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The other ends of processes' connections, as Linux tells about them. */

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

interface Connection {
  readonly pid: number;
  /** IPv4 written with dots, IPv6 as 32 digits. */
  readonly address: string;
}

/** Connections beyond this computer. A table tells those of a whole network: owners are looked for where there is one to tell. */
export function connectionsBeyond(pids: readonly number[]): readonly Connection[] {
  const networks = new Map<string, number[]>();
  for (const pid of pids) {
    const network = linkOf(`/proc/${pid}/ns/net`);
    networks.set(network, [...(networks.get(network) ?? []), pid]);
  }
  return [...networks.values()].flatMap((members) => {
    const found = TABLES.flatMap((table) => beyondIn(`/proc/${members[0]}/net/${table}`));
    if (found.length === 0) return [];
    return members.flatMap((pid) => {
      const own = socketsOf(pid);
      return found.filter(({ inode }) => own.has(inode)).map(({ address }) => ({ pid, address }));
    });
  });
}

function beyondIn(table: string): readonly { readonly inode: string; readonly address: string }[] {
  return textOf(table)
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .map((fields) => ({ inode: fields[9] ?? '', address: addressOf((fields[2] ?? '').split(':')[0] ?? '') }))
    .filter(({ address }) => !/^(|0\.0\.0\.0|0{32}|127\..*|0{31}1)$/.test(address));
}

/** The kernel writes each group of four bytes in the order of its processor. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  const mapped = bytes.slice(0, 12).join('') === '00000000000000000000ffff';
  if (bytes.length === 16 && !mapped) return bytes.join('');
  const four = bytes.slice(-4).map((byte) => Number.parseInt(byte, 16));
  return four.join('.');
}

function socketsOf(pid: number): ReadonlySet<string> {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
    return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  } catch {
    return new Set(); // ended meanwhile
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed meanwhile
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}
