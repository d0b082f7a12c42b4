import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { confirmed } from '#test/app/support/confirm.ts';
import { type Display, startDisplay } from '#test/app/support/display.ts';
import { type Launched, launchApp } from '#test/app/support/launch.ts';
import { give } from '#test/app/support/launcher.ts';
import { callIn, untilReady } from '#test/app/support/page.ts';
import { prepared } from '#test/app/support/prepared.ts';
import { outsideAddress, type Sink, startSink } from '../support/sink.ts';
import type { Aim } from './attempts.ts';
import { type Answer, type Call, callAll } from './in-page.ts';
import {
  changesBetween,
  filesBelow,
  marked,
  SocketWatch,
  signaturesOnChain,
  signedRecords,
  strangeNames,
} from './watch.ts';

/** The real window with somebody else's code in its page, and a person who refuses whatever asks. */

/** In the home folder: what would be worth changing. */
const BAIT = ['.bashrc', '.ssh/authorized_keys', '.config/solana/id.json', 'notes.txt', 'sip-0009-own.md'];
/** The app's own below the home folder: its data, and what its runtime keeps. */
const OF_THE_APP = /^home\/(share\/solayer-council|electron|cache|config)(\/|$)/;
/** In the name of every file that a payload would like to make. */
export const MARK = 'council-attack';
const CONFIRM = 'app://console/confirm.html';
/** A call may wait for a lock that others hold, and for several windows of others before its own. */
const ANSWER_MS = 120_000;

interface Main {
  windows: string[];
  /** Closes every window that opens, as a person who refuses. */
  refusing: boolean;
}

export class TakenWindow {
  readonly launched: Launched;
  readonly sink: Sink;
  readonly place: string;
  readonly #display: Display;
  readonly #sockets: SocketWatch;
  #info: SandboxInfo | undefined;
  readonly #told = new Set<string>();
  #confirms = 0;
  #before:
    | {
        readonly files: ReadonlyMap<string, string>;
        readonly signed: number;
        readonly onChain: readonly string[];
        readonly parts: string;
      }
    | undefined;

  private constructor(place: string, display: Display, launched: Launched, sink: Sink) {
    this.place = place;
    this.#display = display;
    this.launched = launched;
    this.sink = sink;
    this.#sockets = new SocketWatch(launched.app.process().pid!);
  }

  static async open(): Promise<TakenWindow> {
    const place = mkdtempSync(join(tmpdir(), 'taken-'));
    const home = join(place, 'home');
    for (const name of BAIT) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), 'as it was');
    }
    // Nothing but the app itself keeps it from writing anywhere here.
    give(place, (await prepared()).account);
    const display = await startDisplay();
    const launched = await launchApp({ display, dataDir: home });
    const own = new TakenWindow(place, display, launched, await startSink(outsideAddress()));
    await untilReady(launched.window);
    await own.#begin();
    return own;
  }

  get home(): string {
    return join(this.place, 'home');
  }

  /** governance/cli/folders.ts, with XDG_DATA_HOME as test/app/support/launcher.ts sets it. */
  get dataFolder(): string {
    return join(this.home, 'share', 'solayer-council');
  }

  get info(): SandboxInfo {
    this.#info ??= JSON.parse(
      readFileSync(join(this.dataFolder, 'sandbox', 'window', 'sandbox.json'), 'utf8'),
    ) as SandboxInfo;
    return this.#info;
  }

  /** Times that a signature was asked for. */
  get confirms(): number {
    return this.#confirms;
  }

  get aim(): Aim {
    const { hostname } = new URL(this.sink.origin);
    return { http: this.sink.origin, host: hostname, port: this.sink.port };
  }

  /** A proposal that votes would be worth, signed for by its person; then everything is as it has to stay. */
  async #begin(): Promise<void> {
    const { window } = this.launched;
    let submitting: Promise<unknown> = Promise.resolve();
    await confirmed(this.launched, async () => {
      submitting = callIn(window, 'sips.submit', { sip: 4 });
    });
    await submitting;
    await this.#refuseAll();
    this.#before = {
      files: this.#files(),
      signed: signedRecords(this.dataFolder),
      onChain: await this.#onChain(),
      parts: await this.#parts(),
    };
  }

  async #refuseAll(): Promise<void> {
    await this.launched.app.evaluate(({ app, dialog }) => {
      const main = Object.assign(globalThis, { windows: [], refusing: true }) as unknown as Main;
      dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
      dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
      dialog.showMessageBox = async (...given: unknown[]) => {
        const options = given.at(-1) as { cancelId?: number };
        return { response: options.cancelId ?? 1, checkboxChecked: false };
      };
      dialog.showMessageBoxSync = () => 1;
      app.on('browser-window-created', (_event, window) => {
        window.webContents.once('did-finish-load', () => {
          main.windows.push(window.webContents.getURL());
          setTimeout(() => main.refusing && !window.isDestroyed() && window.destroy(), 20);
        });
      });
    });
  }

  /** From now on its person reads and decides again. */
  async stopRefusing(): Promise<void> {
    await this.launched.app.evaluate(() => {
      (globalThis as unknown as Main).refusing = false;
    });
  }

  /** Somebody signs here whatever was chosen before: what is asked for gets as far as it can. */
  async calls(calls: readonly Call[], waitMs = ANSWER_MS): Promise<readonly Answer[]> {
    await callIn(this.launched.window, 'seat.choose', { seat: '0' });
    // A recipe nests without end, which the types of a message to the page do not take.
    const call = callAll as (given: unknown) => Promise<Answer[]>;
    return this.launched.window.evaluate(call, [calls, waitMs] as unknown);
  }

  /** Of them those that cost no time to see. */
  soonProblems(): readonly string[] {
    const url = this.launched.window.url().split('#')[0];
    const told: Readonly<Record<string, readonly string[]>> = {
      'connections beyond this computer': this.#sockets.take(),
      'arrived outside': (this.sink.heard as string[]).splice(0),
      'the page': url === 'app://console/index.html' ? [] : [String(url)],
    };
    return sentencesOf(told);
  }

  /** What is no longer as it has to be, in sentences; empty when the page got nowhere. */
  async problems(): Promise<readonly string[]> {
    const before = this.#before!;
    const main = this.launched.app.process();
    if (main.exitCode !== null || main.signalCode !== null) return ['the main process has ended'];
    const onChain = await this.#onChain().catch((error: unknown) => [String(error)]);
    const windows = await this.launched.app.evaluate(() => (globalThis as unknown as Main).windows.splice(0));
    const parts = await this.#parts();
    const signed = signedRecords(this.dataFolder);
    this.#confirms += windows.filter((one) => one === CONFIRM).length;
    const polluted = await this.launched.app.evaluate(() => 'polluted' in {});
    const told: Readonly<Record<string, readonly string[]>> = {
      'files outside': [...changesBetween(before.files, this.#files()), ...marked(MARK)],
      'strange names in the data folder': strangeNames(this.dataFolder),
      'signed in the journal':
        signed === before.signed ? [] : [`${signed} records instead of ${before.signed}`],
      'on chain': onChain.filter((signature) => !before.onChain.includes(signature)),
      processes: parts === before.parts ? [] : [`${before.parts} has become ${parts}`],
      'prototypes of main': polluted ? ['polluted'] : [],
      windows: windows.filter((one) => one !== CONFIRM),
    };
    // What stays as it is, such as a file, is told once.
    const sentences = sentencesOf(told).filter((sentence) => !this.#told.has(sentence));
    for (const sentence of sentences) this.#told.add(sentence);
    return [...this.soonProblems(), ...sentences];
  }

  /** All but what the app may change; in its data folder the keys are nobody's to change either. */
  #files(): ReadonlyMap<string, string> {
    const keys = filesBelow(this.dataFolder, (path) => !/^sandbox(\/window(\/keys(\/|$)|$)|$)/.test(path));
    const rest = filesBelow(this.place, (path) => OF_THE_APP.test(path));
    return new Map([...rest, ...keys]);
  }

  #onChain(): Promise<readonly string[]> {
    const { rpcUrl, members, epochAdmin, guardian } = this.info;
    return signaturesOnChain(
      rpcUrl,
      [...members, epochAdmin, guardian].map(({ publicKey }) => publicKey),
    );
  }

  /** The parts that have to live as long as the window. */
  async #parts(): Promise<string> {
    return this.launched.app.evaluate(({ app }) =>
      app
        .getAppMetrics()
        .map(({ name, serviceName, pid }) => ({ name: name ?? serviceName ?? '', pid }))
        .filter(({ name }) => name === 'engine' || name === 'embedded network')
        .map(({ name, pid }) => `${name} ${pid}`)
        .sort()
        .join(', '),
    );
  }

  async close(): Promise<void> {
    this.#sockets.stop();
    await this.launched.close();
    await this.sink.stop();
    await this.#display.stop();
    rmSync(this.place, { recursive: true, force: true });
  }
}

const sentencesOf = (told: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.entries(told).flatMap(([what, list]) =>
    list.length === 0 ? [] : [`${what}: ${list.slice(0, 4).join(', ')}`],
  );
