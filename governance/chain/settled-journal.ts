import { forwardRpc } from './forward.ts';
import { type JournalPorts, openJournal } from './journal.ts';
import type { Rpc } from './ports.ts';
import { resume, type SendOutcome, type SendPorts } from './send.ts';
import { tellingSent } from './sending.ts';

/**
 * One journal for each cluster: what was sent to one says nothing of another. An embedded network has a genesis hash of
 * its own each time it starts; the journals of those that are gone are removed. What `work` reads never goes back in
 * time, and a failure of it says what was sent.
 */
export async function withSettledJournal<T>(
  ports: JournalPorts,
  rpc: Rpc,
  cluster: { readonly genesis: string; readonly network: string | null },
  warn: (text: string) => void,
  work: (ports: SendPorts) => Promise<T>,
): Promise<T> {
  const { prefix, path } = journalPath(cluster);
  const journal = await openJournal(ports, { path });
  try {
    if (cluster.network !== null) {
      const names = await ports.files.list('.');
      const old = names.filter(
        (name) => isGenesis(name.slice(prefix.length)) && name.startsWith(prefix) && name !== path,
      );
      for (const name of old) await ports.files.remove(name);
    }
    if (journal.tornBytes > 0)
      warn(`The last record of the journal was cut off by an interruption; it is kept in ${path}.torn.`);
    return await tellingSent(forwardRpc(rpc), async (watched) => {
      const venue = { rpc: watched, journal, timer: ports.timer };
      for (const { intent, outcome } of await resume(venue))
        if (outcome.kind !== 'dropped')
          warn(`Interrupted earlier: ${intent.intent.what}: ${BECAME[outcome.kind]}.`);
      return await work(venue);
    });
  } finally {
    await journal.close();
  }
}

/** What became of something that was signed and had no outcome yet. */
const BECAME = {
  landed: 'it has landed',
  failed: 'it has failed and changed nothing',
  refused: 'it was refused and not sent',
  expired: 'it did not land and cannot any more',
  unknown: 'not known yet; what was signed may still land, and the next command looks again',
} as const satisfies Record<SendOutcome['kind'], string>;

/** Where the journal of a cluster stands; `network` names an embedded one. */
export function journalPath({
  genesis,
  network,
}: {
  readonly genesis: string;
  readonly network: string | null;
}) {
  const prefix = network === null ? 'journal-' : `journal-${network.replace(':', '-')}-`;
  return { prefix, path: `${prefix}${genesis}` };
}

const isGenesis = (text: string): boolean => /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text);
