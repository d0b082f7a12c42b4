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
  readonly #url: Promise<{ url: string; close(): Promise<void> }> = faultyRpc(rpcAnswers(this.#rpc));
  #lastSip = 1;

  /** A text of its own, of `operators` actions; six make two transactions. */
  async history(operators: number): Promise<History> {
    this.#lastSip += 1;
    const sip = this.#lastSip;
    const { now } = this.#world.chain;
    const file = sipFile(
      {
        sip,
        title: `Operators of ${sip}`,
        actions: Array.from({ length: operators }, (_, at) =>
          operator(`Operator ${sip}-${at}`, voteAccount(this.#world.chain)),
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
    const { url } = await this.#url;
    const history = new History(this.#world, this.#rpc, folder, url, parseUnnamed(file.bytes, file.file));
    history.mark();
    return history;
  }

  async close(): Promise<void> {
    await (await this.#url).close();
  }
}

/** One text, one folder, and all that happens to them. */
export class History {
  #handedOverBefore = 0;
  #indexBefore = 0n;

  constructor(
    readonly world: World,
    readonly rpc: LiteSvmRpc,
    readonly folder: string,
    readonly url: string,
    readonly sip: Sip,
  ) {}

  /** What came before is not this history's. */
  mark(): void {
    this.#handedOverBefore = this.rpc.handedOver.length;
    this.#indexBefore = this.lastIndex;
  }

  /** What `sip` is called with beside the command. */
  arguments(seat: number): readonly string[] {
    return [
      ...['--url', this.url, '--keypair', join(this.folder, 'keys', `${seat}.json`)],
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
