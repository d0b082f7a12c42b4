import { SipError } from '../errors.ts';
import {
  type IntentEntry,
  type JournalEntry,
  type JournalRecord,
  type OutcomeEntry,
  parseJournal,
  renderRecord,
  type SignedEntry,
} from './journal-record.ts';
import type { Files, FolderLock, Timer } from './ports.ts';

/** What was meant, signed and learnt, in the order of events. Nothing is sent before its bytes stand here. */

export interface JournalPorts {
  readonly files: Files;
  readonly lock: FolderLock;
  readonly timer: Timer;
}

export interface Attempt {
  readonly signed: SignedEntry;
  /** The newest; null while nothing is known. */
  readonly outcome: OutcomeEntry | null;
}

export interface IntentState {
  readonly seq: number;
  readonly intent: IntentEntry;
  readonly attempts: readonly Attempt[];
  readonly dropped: boolean;
  /** `open`: nothing signed yet. `unsettled`: signed bytes exist that may still land or have landed unseen. */
  readonly state: 'open' | 'dropped' | 'unsettled' | 'landed' | 'failed' | 'expired';
}

export interface Journal {
  readonly path: string;
  /** Bytes of a cut-off last record that opening took away (kept in `<path>.torn`), else 0. Tell the user. */
  readonly tornBytes: number;
  /** Durable when it resolves. Resolves to the record's number. */
  append(entry: JournalEntry): Promise<number>;
  intents(): readonly IntentState[];
  /** Releases the folder; the journal must not be used afterwards. */
  close(): Promise<void>;
}

const DEFAULT_PATH = 'journal';

/**
 * Opens the journal for writing; one process at a time holds it.
 * @throws SipError FOLDER_LOCKED, JOURNAL_CORRUPT, FILE_UNREADABLE, FILE_UNWRITABLE
 */
export async function openJournal(
  ports: JournalPorts,
  options: { path?: string; waitMs?: number } = {},
): Promise<Journal> {
  const path = options.path ?? DEFAULT_PATH;
  const release = await ports.lock.acquire(path, options.waitMs ?? 5_000);
  try {
    return await open(ports, path, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** Opens the journal, runs `work`, and closes it again whatever happens. */
export async function withJournal<T>(
  ports: JournalPorts,
  work: (journal: Journal) => Promise<T>,
): Promise<T> {
  const journal = await openJournal(ports);
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}

/** For looking only: takes no lock and leaves a torn tail alone. @throws SipError JOURNAL_CORRUPT, FILE_UNREADABLE */
export async function readJournal(files: Files, path = DEFAULT_PATH): Promise<readonly IntentState[]> {
  return statesOf(read((await files.read(path)) ?? new Uint8Array(), path).records);
}

async function open(
  { files, timer }: JournalPorts,
  path: string,
  release: () => Promise<void>,
): Promise<Journal> {
  const found = (await files.read(path)) ?? new Uint8Array();
  const parsed = read(found, path);
  const records = [...parsed.records];
  const tornBytes = found.length - parsed.wholeBytes;
  let whole = found.slice(0, parsed.wholeBytes);
  let last = parsed.last;
  /** The file holds more than `whole`: an append failed half way. */
  let spoilt = false;
  if (tornBytes > 0) {
    await files.append(`${path}.torn`, found.slice(parsed.wholeBytes));
    await files.write(path, whole);
  }
  // What is built on these records is sent before anything is added to them.
  else if (found.length > 0) await files.sync(path);

  return {
    path,
    tornBytes,
    async append(entry) {
      if (spoilt) await files.write(path, whole);
      const record: JournalRecord = { v: 1, seq: records.length, prev: last, at: timer.now(), ...entry };
      const { line, hash } = renderRecord(record);
      const terminated = new Uint8Array(line.length + 1);
      terminated.set(line);
      terminated[line.length] = 0x0a;
      spoilt = true;
      await files.append(path, terminated);
      spoilt = false;
      const grown = new Uint8Array(whole.length + terminated.length);
      grown.set(whole);
      grown.set(terminated, whole.length);
      whole = grown;
      last = hash;
      records.push(record);
      return record.seq;
    },
    intents: () => statesOf(records),
    close: release,
  };
}

function read(bytes: Uint8Array, path: string): ReturnType<typeof parseJournal> {
  const parsed = parseJournal(bytes);
  if (parsed.damage !== null) throw new SipError('JOURNAL_CORRUPT', { path, ...parsed.damage });
  return parsed;
}

function statesOf(records: readonly JournalRecord[]): readonly IntentState[] {
  const intents = new Map<number, { intent: IntentEntry; attempts: Attempt[]; dropped: boolean }>();
  for (const record of records) {
    if (record.kind === 'intent') {
      intents.set(record.seq, { intent: record, attempts: [], dropped: false });
      continue;
    }
    const of = intents.get(record.intent);
    if (of === undefined) continue;
    if (record.kind === 'signed') of.attempts.push({ signed: record, outcome: null });
    else if (record.kind === 'dropped') of.dropped = true;
    else
      of.attempts = of.attempts.map((a) =>
        a.signed.signature === record.signature ? { ...a, outcome: record } : a,
      );
  }
  return [...intents].map(([seq, { intent, attempts, dropped }]) => ({
    seq,
    intent,
    attempts,
    dropped,
    state: stateOf(attempts, dropped),
  }));
}

function stateOf(attempts: readonly Attempt[], dropped: boolean): IntentState['state'] {
  const result = attempts.at(-1)?.outcome?.result;
  if (attempts.length === 0) return dropped ? 'dropped' : 'open';
  return result === undefined || result === 'unknown' ? 'unsettled' : result;
}
