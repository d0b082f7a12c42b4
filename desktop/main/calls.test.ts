import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { Envelope } from '#desktop/shared/envelope.ts';

vi.mock('electron', () => ({ protocol: {} }));
const { answerCalls } = await import('./calls.ts');

const mainFrame = { url: 'app://console/index.html#/inbox' };
const webContents = { mainFrame };
const ours = { sender: webContents, senderFrame: mainFrame } as unknown as IpcMainInvokeEvent;
const window = { webContents } as unknown as BrowserWindow;

const answering = (engine: Envelope<unknown>) =>
  answerCalls(
    () => window,
    {
      'about.read': () => Promise.reject(new Error('ENOENT: no such file, open /srv/PLANTED/programs.json')),
      'last-seen.read': async () => null,
      'data-folder.show': async () => ({}),
      'copy.text': async () => ({}),
    },
    { ask: async () => engine },
  );

describe('the door between the window and everything else', () => {
  it('lets no place through, whichever process it comes from', async () => {
    const error = {
      ...({ code: 'SANDBOX_START_FAILED', sent: 'no' } as const),
      message: 'It did not start: /srv/PLANTED/network-host.mjs is missing.',
      remedy: 'Look at https://rpc.example.com/PLANTED.',
    };
    expect(await answering({ ok: false, error })(ours, 'activity.read', {})).toEqual({
      ok: false,
      error: {
        ...error,
        message: 'It did not start: network-host.mjs is missing.',
        remedy: 'Look at https://rpc.example.com/….',
      },
    });
    const own = await answering({ ok: true, value: null })(ours, 'about.read', {});
    expect(own).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(own)).not.toContain('PLANTED');
  });

  it('says which field of an answer has another shape, and not what is in it', async () => {
    const odd = await answering({ ok: true, value: [{ seq: '/srv/PLANTED' }] })(ours, 'activity.read', {});
    expect(odd).toMatchObject({ ok: false, error: { code: 'ANSWER_MALFORMED' } });
    expect(JSON.stringify(odd)).not.toContain('PLANTED');
  });

  it('is open to the window’s own page alone', async () => {
    const answer = answering({ ok: true, value: [] });
    expect(await answer(ours, 'activity.read', {})).toEqual({ ok: true, value: [] });
    for (const event of [
      { sender: webContents, senderFrame: { url: mainFrame.url } },
      { sender: {}, senderFrame: mainFrame },
      { sender: { mainFrame: { url: 'app://console/confirm.html' } }, senderFrame: mainFrame },
    ])
      expect(await answer(event as unknown as IpcMainInvokeEvent, 'activity.read', {})).toMatchObject({
        error: { code: 'CALL_REFUSED' },
      });
  });
});
