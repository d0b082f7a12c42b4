import { basename } from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import { writeDocument } from '#governance/adapters/document-file.ts';

/** The system's own dialogs for paths, which no page of the app ever learns. */
export class Dialogs {
  readonly #window: () => BrowserWindow | null;

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
