import { basename } from 'node:path';
import { type BrowserWindow, clipboard, dialog } from 'electron';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import { writeDocument } from '#governance/adapters/document-file.ts';

/** The system's own dialogs: for paths, which no page of the app ever learns, and for what a page may not decide. */
export class Dialogs {
  readonly #window: () => BrowserWindow | null;
  #showsFolder = false;

  constructor(window: () => BrowserWindow | null) {
    this.#window = window;
  }

  /** A path, or null. */
  async choose(what: 'file' | 'folder', title: string): Promise<string | null> {
    const window = this.#window();
    if (window === null) return null;
    const { filePaths } = await dialog.showOpenDialog(window, {
      title,
      properties: [what === 'folder' ? 'openDirectory' : 'openFile', 'showHiddenFiles'],
    });
    return filePaths[0] ?? null;
  }

  /** Whether its person wants these hosts to be connected to. */
  async allow(hosts: readonly string[]): Promise<boolean> {
    const window = this.#window();
    if (window === null) return false;
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: 'Connect to these endpoints?',
      detail: `${hosts.join('\n')}\n\nThe console asks them for the chain's state and sends what you sign. Connect only if you named them.`,
      buttons: ['Connect', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    return response === 0;
  }

  /** Where everything of this console lies; one such dialog at a time. */
  async showFolder(path: string): Promise<void> {
    const window = this.#window();
    if (window === null || this.#showsFolder) return;
    this.#showsFolder = true;
    const { response } = await dialog
      .showMessageBox(window, {
        type: 'info',
        message: 'The data folder of this console',
        detail: `${path}\n\nDocuments, texts by their digest, profiles, settings and the journal of what was sent. Keys are not in it.`,
        buttons: ['Copy the path', 'Close'],
        defaultId: 1,
        cancelId: 1,
      })
      .finally(() => {
        this.#showsFolder = false;
      });
    if (response === 0) clipboard.writeText(path);
  }

  /** False where its person chose no place. */
  async save(fileName: string, bytes: Uint8Array): Promise<Envelope<unknown>> {
    const window = this.#window();
    if (window === null) return answered(false);
    const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: basename(fileName) });
    if (canceled || filePath === '') return answered(false);
    try {
      await writeDocument(filePath, bytes, true);
      return answered(true);
    } catch {
      return failed({
        code: 'FILE_UNWRITABLE',
        message: 'The file cannot be written there.',
        sent: 'no',
        remedy: 'Choose another place, or free some space.',
      });
    }
  }
}
