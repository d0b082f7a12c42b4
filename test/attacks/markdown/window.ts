import type { Page } from 'playwright-core';
import type { SipView } from '#desktop/shared/views/index.ts';
import { type Display, startDisplay } from '#test/app/support/display.ts';
import { type Launched, launchApp } from '#test/app/support/launch.ts';
import { callIn, untilReady } from '#test/app/support/page.ts';
import { type Sink, startSink } from '../support/sink.ts';
import { type Allowed, readAllowed } from './allowed.ts';
import { goTo, type Look, look, take, watch } from './in-page.ts';

/** The real window with its real preview, and everything that a document could reach watched. */

/** A document of the seeded ones; what the screen asks about it beside its text is answered about this one. */
const KNOWN_SIP = 8;
/** No document of the console has such a number. */
const FIRST_SIP = 5_000;
const SIPS = 4_000;

export interface Section {
  readonly name: string;
  readonly markdown: string;
}

export class PreviewWindow {
  readonly launched: Launched;
  readonly sink: Sink;
  readonly allowed: Allowed = readAllowed();
  readonly #display: Display;
  readonly #requests: string[] = [];
  #turn = 0;

  private constructor(display: Display, launched: Launched, sink: Sink) {
    this.#display = display;
    this.launched = launched;
    this.sink = sink;
    this.page.on('request', (request) => {
      if (!request.url().startsWith('app://console/')) this.#requests.push(request.url().slice(0, 100));
    });
  }

  static async open(): Promise<PreviewWindow> {
    const display = await startDisplay();
    const launched = await launchApp({ display });
    const own = new PreviewWindow(display, launched, await startSink());
    await untilReady(own.page);
    await own.prepare();
    return own;
  }

  get page(): Page {
    return this.launched.window;
  }

  /** Watches the page as it is loaded now. */
  async prepare(): Promise<void> {
    await takeOverReading(this.launched);
    await this.page.evaluate(watch);
    // Honest documents first: what they bring into the page is the page's own.
    await this.drawInEditor('Text with `code` of öthers.');
    await this.draw([{ name: 'honest', markdown: 'Text with `code`.' }]);
    await this.page.evaluate(take);
  }

  /** Draws each text in a card of its own, by the screen of a SIP; the last one stands wherever a SIP has plain text. */
  async draw(sections: readonly Section[]): Promise<Look | string> {
    const sip = FIRST_SIP + (this.#turn++ % SIPS);
    const plain = sections.at(-1)?.markdown ?? '';
    await this.launched.app.evaluate((_, given) => Object.assign(globalThis, { given }), {
      sip,
      sections: [...sections],
      plain,
    });
    const shown = await this.page.evaluate(goTo, [`sip/${sip}`, sections.map(({ name }) => name)] as const);
    return shown === 'shown' ? this.look() : shown;
  }

  look(): Promise<Look> {
    return this.page.evaluate(look, this.allowed);
  }

  /** The long way: kept as somebody's unsaved document, opened in the editor, shown by its preview. */
  async drawInEditor(text: string): Promise<Look | string> {
    const fileName = 'sip-0009-hostile.md';
    const kept = await callIn(this.page, 'sips.keep', { fileName, text });
    if (!kept.ok) return kept.error.message;
    await this.page.evaluate(() => {
      globalThis.location.hash = '/edit/9';
    });
    await this.page.getByRole('tab', { name: 'Preview' }).click();
    await this.page.locator('.cm-content').waitFor();
    const shown = await this.page.evaluate(goTo, ['edit/9', ['As it is read']] as const);
    const found = shown === 'shown' ? await this.look() : shown;
    // The editor is closed before the next one: it would keep what it shows.
    await this.page.evaluate(() => {
      globalThis.location.hash = '/about';
    });
    await this.page.locator('.editor').waitFor({ state: 'detached' });
    await callIn(this.page, 'sips.drop', { fileName });
    return found;
  }

  /** Requests since it was asked last, as seen by the page's debugger, by main's session, and where they arrive. */
  async requests(): Promise<Readonly<Record<'page' | 'session' | 'sink', readonly string[]>>> {
    const session = await this.launched.app.evaluate(() =>
      (globalThis as unknown as { requests: string[] }).requests.splice(0),
    );
    return { page: this.#requests.splice(0), session, sink: (this.sink.heard as string[]).splice(0) };
  }

  async close(): Promise<void> {
    await this.launched.close();
    await this.sink.stop();
    await this.#display.stop();
  }
}

/**
 * An engine that hands hostile texts to the window: main's door stays, what is read of a SIP comes from here. Texts that
 * the engine's own parser would refuse get to the screen that way too.
 */
async function takeOverReading({ app, window }: Launched): Promise<void> {
  const honest = await callIn(window, 'sips.read', { sip: KNOWN_SIP });
  if (!honest.ok) throw new Error(honest.error.message);
  await app.evaluate(
    ({ ipcMain, session }, { view, known, first }: { view: SipView; known: number; first: number }) => {
      type Door = (event: unknown, name: unknown, request: unknown) => Promise<unknown>;
      type Given = { sip: number; sections: { name: string; markdown: string }[]; plain: string };
      const world = globalThis as unknown as { given: Given; requests: string[]; door?: Door };
      if (world.door) return;
      const door = (ipcMain as unknown as { _invokeHandlers: Map<string, Door> })._invokeHandlers.get('call');
      if (door === undefined) throw new Error('main’s door is not where it was');
      world.door = door;
      ipcMain.removeHandler('call');
      ipcMain.handle('call', async (event, name: unknown, request: { sip?: number } | undefined) => {
        if (request?.sip === undefined || request.sip < first) return door(event, name, request);
        if (name !== 'sips.read') return door(event, name, { ...request, sip: known });
        const { sections, plain } = world.given;
        const row = { ...view.row, sip: request.sip, title: plain, authors: plain, because: plain };
        const reason = {
          vote: plain,
          who: view.row.digest.slice(0, 40),
          when: 1,
          text: plain,
          transactionIndex: '1',
        };
        return { ok: true, value: { ...view, row, sections, effects: [plain], reasons: [reason] } };
      });
      world.requests = [];
      const told = ({ url }: { url: string }) => {
        if (!url.startsWith('app://console/') && !url.startsWith('devtools://'))
          world.requests.push(url.slice(0, 100));
      };
      session.defaultSession.webRequest.onErrorOccurred(told);
      session.defaultSession.webRequest.onCompleted(told);
    },
    { view: honest.value, known: KNOWN_SIP, first: FIRST_SIP },
  );
}
