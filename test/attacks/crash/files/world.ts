import { cpSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519';
import type { Keypair } from '@solana/web3.js';
import { accounts } from '@sqds/multisig';
import bs58 from 'bs58';
import { openJournal } from '#governance/chain/journal.ts';
import type { Signer } from '#governance/chain/ports.ts';
import { act } from '#governance/proposals/act.ts';
import { sipLibrary } from '#governance/proposals/library.ts';
import { submitSip } from '#governance/proposals/submit.ts';
import type { Sip } from '#governance/sip/index.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import { proposalAddress } from '#governance/venues/squads/pdas.ts';
import { addressOf } from '#test/program/support/chain.ts';
import { voteAccount } from '#test/program/support/vote.ts';
import { World } from '#test/program/support/world.ts';
import { faultyRpc } from '#test/support/faulty-rpc.ts';
import { type LiteSvmRpc, liteSvmRpc } from '#test/support/litesvm-rpc.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { rpcAnswers } from '#test/support/rpc-answers.ts';
import { operator, sipFile } from '#test/support/sip-text.ts';

/** The real Squads and our program behind a JSON-RPC endpoint of this process, for processes of the console to work with. */
export class CrashWorld {
  readonly #world = new World({ timeLock: 300 });
  readonly #rpc: LiteSvmRpc = liteSvmRpc({ svm: this.#world.chain.svm });
  readonly #doors = Promise.all([door(this.#rpc), door(this.#rpc), door(this.#rpc)]);
  #lastSip = 1;

  /** A text of its own, of `operators` actions; six make two transactions. */
  async history(operators: number): Promise<History> {
    this.#lastSip += 1;
    const number = this.#lastSip;
    const { now } = this.#world.chain;
    const file = sipFile(
      {
        sip: number,
        title: `Operators of ${number}`,
        actions: Array.from({ length: operators }, (_, at) =>
          operator(`Operator ${number}-${at}`, voteAccount(this.#world.chain)),
        ),
      },
      now - (now % 86_400n),
    );
    const folder = await mkdtemp(join(tmpdir(), 'sip-crash-'));
    const keys = join(folder, 'keys');
    await mkdir(keys);
    for (const [seat, { secretKey }] of this.#world.council.members.entries())
      await writeFile(join(keys, `${seat}.json`), JSON.stringify([...secretKey]), { mode: 0o600 });
    await mkdir(join(folder, 'sips'));
    await writeFile(join(folder, 'sips', file.file), file.bytes);
    const sip = parseUnnamed(file.bytes, file.file);
    const history = new History(this.#world, this.#rpc, await this.#doors, folder, sip);
    history.mark();
    return history;
  }

  async close(): Promise<void> {
    for (const { close } of await this.#doors) await close();
  }
}

/** What stands still is answered nothing: a request that it sent before comes to the endpoint afterwards. */
class Gate {
  #busy = 0;
  #shut: Promise<void> | undefined;

  async through<T>(answer: () => T | Promise<T>): Promise<T> {
    await this.#shut;
    this.#busy += 1;
    try {
      return await answer();
    } finally {
      this.#busy -= 1;
    }
  }

  /** What was sent before is answered first, as an endpoint does whose client died. */
  async shutWhile<T>(work: () => Promise<T>): Promise<T> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      await new Promise(setImmediate);
      if (this.#busy > 0) quiet = 0;
    }
    let open: () => void = () => undefined;
    this.#shut = new Promise((resolve) => {
      open = resolve;
    });
    try {
      return await work();
    } finally {
      this.#shut = undefined;
      open();
    }
  }
}
/** A connection is taken in one turn, its request read in the next. */
const QUIET_TURNS = 4;

interface Door {
  readonly url: string;
  readonly gate: Gate;
  close(): Promise<void>;
}
async function door(rpc: LiteSvmRpc): Promise<Door> {
  const gate = new Gate();
  const answers = rpcAnswers(rpc);
  const { url, close } = await faultyRpc((method, params) => gate.through(() => answers(method, params)));
  return { url, gate, close };
}

/** Which process: the first, the one after it, and the one that nothing disturbs. Each has its own way to the endpoint. */
export type Turn = 0 | 1 | 2;

/** One text, one folder, and all that happens to them. */
export class History {
  #handedOverBefore = 0;
  #indexBefore = 0n;

  constructor(
    readonly world: World,
    readonly rpc: LiteSvmRpc,
    readonly doors: readonly [Door, Door, Door],
    readonly folder: string,
    readonly sip: Sip,
  ) {}

  /** The same on a copy of the folder as it is now. */
  async copied(): Promise<History> {
    const folder = await mkdtemp(join(tmpdir(), 'sip-crash-'));
    cpSync(this.folder, folder, { recursive: true });
    const copy = new History(this.world, this.rpc, this.doors, folder, this.sip);
    copy.#handedOverBefore = this.#handedOverBefore;
    copy.#indexBefore = this.#indexBefore;
    return copy;
  }

  /** On a copy of the folder, and nothing of what `work` sends lasts. */
  async tried<T>(work: (copy: History) => Promise<T>): Promise<T> {
    const undo = this.rpc.checkpoint();
    const copy = await this.copied();
    try {
      return await work(copy);
    } finally {
      await copy.end();
      undo();
    }
  }

  /** What came before is not this history's. */
  mark(): void {
    this.#handedOverBefore = this.rpc.handedOver.length;
    this.#indexBefore = this.lastIndex;
  }

  /** Nothing comes from that process to the endpoint while `work` is done. */
  shut<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
    return this.doors[turn].gate.shutWhile(work);
  }

  /** What `sip` is called with beside the command. */
  arguments(seat: number, turn: Turn): readonly string[] {
    return [
      ...['--url', this.doors[turn].url, '--keypair', join(this.folder, 'keys', `${seat}.json`)],
      ...['--council', this.world.council.address, '--program-id', this.world.pins.programId],
      ...['--sips', join(this.folder, 'sips'), '--data-dir', join(this.folder, 'data')],
      ...['--output', 'json', '--yes', '--no-input'],
    ];
  }

  /** Serialized transactions that came to the endpoint during this history, as often as they came. */
  get handedOver(): readonly Uint8Array[] {
    return this.rpc.handedOver.slice(this.#handedOverBefore);
  }

  /** Index of the council's newest transaction. */
  get lastIndex(): bigint {
    return this.world.council.nextIndex - 1n;
  }

  get indexBefore(): bigint {
    return this.#indexBefore;
  }

  /** How many of what came landed. */
  get landed(): number {
    const signatures = new Set(this.handedOver.map((bytes) => bs58.encode(bytes.subarray(1, 65))));
    return [...signatures].filter((signature) => this.rpc.landed(signature)).length;
  }

  /** Of the council's newest transaction. */
  get proposal() {
    const address = addressOf(proposalAddress(this.world.council.multisig, this.lastIndex));
    const data = this.world.chain.account(address)?.data ?? new Uint8Array();
    return accounts.Proposal.deserialize(Buffer.from(data))[0];
  }

  async propose(): Promise<void> {
    const outcome = await submitSip(await this.#ports(), {
      ...{ pins: this.world.pins, sip: this.sip, creator: signerOf(this.world.council.first) },
    });
    if (outcome.kind === 'not-done') throw outcome.error;
  }

  approve(seat: number): Promise<void> {
    return this.#vote(seat, 'approve');
  }

  reject(seat: number): Promise<void> {
    return this.#vote(seat, 'reject');
  }

  async #vote(seat: number, what: 'approve' | 'reject'): Promise<void> {
    const member = this.world.council.members[seat];
    if (!member) throw new Error(`no seat ${seat}`);
    const request = {
      ...{ pins: this.world.pins, library: sipLibrary([this.sip]) },
      ...{ transactionIndex: this.lastIndex, member: signerOf(member) },
    };
    const outcome = await act(await this.#ports(), request, what);
    if (outcome.kind === 'not-done') throw outcome.error;
  }

  passTimeLock(): void {
    this.world.council.passTimeLock();
  }

  async #ports() {
    const memory = memoryPorts();
    return { rpc: this.rpc, journal: await openJournal(memory), timer: memory.timer };
  }

  async end(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

const signerOf = ({ publicKey, secretKey }: Keypair): Signer => ({
  publicKey,
  sign: async (message) => ed25519.sign(message, secretKey.slice(0, 32)),
});
