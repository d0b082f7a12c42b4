import { beforeEach, describe, expect, it } from 'vitest';
import type { Files } from '#governance/chain/ports.ts';
import { memoryFiles } from '#test/support/memory-ports.ts';
import { SettingsStore } from './settings.ts';

let files: Files;
beforeEach(() => {
  files = memoryFiles(new Map());
});
const put = (text: string) => files.write('desktop.json', new TextEncoder().encode(text));

describe('settings', () => {
  it('are the defaults where there is no file', async () => {
    const store = await SettingsStore.open(files);
    expect(store.now).toMatchObject({ theme: 'system', profile: 'embedded', seats: {} });
    expect(store.problem).toBeNull();
  });

  it('are found again', async () => {
    const store = await SettingsStore.open(files);
    await Promise.all([store.change({ theme: 'dark' }), store.change({ seats: { embedded: '3' } })]);
    const again = await SettingsStore.open(files);
    expect(again.now).toEqual(store.now);
    expect(again.now).toMatchObject({ theme: 'dark', seats: { embedded: '3' } });
  });

  it.each(['no json', '{"theme":"pink"}', '{"unheard":1}', '[]'])(
    'keep a file aside that they cannot read: %s',
    async (text) => {
      await put(text);
      const store = await SettingsStore.open(files);
      expect(store.problem?.code).toBe('SETTINGS_INVALID');
      expect(store.now.theme).toBe('system');
      await store.change({ theme: 'light' });
      const kept = await files.read('desktop.unreadable.json');
      expect(new TextDecoder().decode(kept ?? new Uint8Array())).toBe(text);
      expect((await SettingsStore.open(files)).problem).toBeNull();
    },
  );
});
