import type { Anything, Attempt } from './attempt.ts';

/** What belongs to the preload, to main, to the computer or to its person. */
export const REACH: Readonly<Record<string, Attempt>> = {
  'names of Node and Electron': () =>
    [
      'require',
      'process',
      'module',
      'Buffer',
      'global',
      '__dirname',
      'ipcRenderer',
      'electron',
      'confirmation',
      'electronBridge',
    ].find((name) => name in globalThis),
  'another bridge': () =>
    Object.keys((globalThis as unknown as { council: object }).council)
      .sort()
      .join() !== 'call,onRoute',
  'a bridge of its own': () => {
    const world = globalThis as unknown as Record<string, unknown>;
    try {
      world.council = {};
      (Object.getOwnPropertyDescriptor(world, 'council')?.value as Record<string, unknown>).call = () => 1;
    } catch {
      return false;
    }
    return Object.keys(world.council as object).length !== 2;
  },
  'the preload’s world by a constructor': () => {
    const { council } = globalThis as unknown as { council: Anything };
    const make = council.call?.constructor as unknown as (text: string) => () => unknown;
    return make('return typeof require')() !== 'undefined';
  },
  'the preload’s world by its built-ins': () => {
    const { council } = globalThis as unknown as { council: Anything };
    const { then } = Promise.prototype;
    let seen: unknown;
    Reflect.set(Promise.prototype, 'then', function (this: Promise<unknown>, ...given: unknown[]) {
      if ('sender' in this || 'senderId' in this) seen = this;
      return then.apply(this, given as []);
    });
    const asked = council.call?.('state.read', {});
    Reflect.set(Promise.prototype, 'then', then);
    return asked && then.call(asked, () => seen);
  },
  'channels of main that are not the page’s': async () => {
    const { council } = globalThis as unknown as { council: Anything };
    const names = [
      'open-page',
      'hand-out',
      'signer',
      'route',
      'key.sign',
      'key.inspect',
      'path.choose',
      'file.save',
      'network.stop',
      'ledger.show',
      'stop',
      'notices',
      '__proto__',
      'constructor',
    ];
    for (const name of names) {
      const answer = (await council.call?.(name, { path: '/etc/passwd' })) as {
        ok?: boolean;
        error?: { code: string };
      };
      if (answer?.ok !== false || answer.error?.code !== 'CALL_UNKNOWN') return name;
    }
    return false;
  },
  'a name that is no text': async () => {
    const { council } = globalThis as unknown as { council: Anything };
    for (const name of [null, 1, {}, ['key.sign'], { toString: () => 'stop' }]) {
      const answer = (await council.call?.(name, {})) as { ok?: boolean };
      if (answer?.ok !== false) return String(name);
    }
    return false;
  },
  'a thousand calls at once': async () => {
    const { council } = globalThis as unknown as { council: Anything };
    const all = await Promise.all(Array.from({ length: 1_000 }, () => council.call?.('about.read', {})));
    return all.some((answer) => (answer as { ok?: boolean })?.ok !== true);
  },
  'the clipboard': () => navigator.clipboard.readText().then(() => 'read'),
  'where it is': () =>
    new Promise((done) =>
      navigator.geolocation.getCurrentPosition(
        () => done('known'),
        () => done(false),
      ),
    ),
  'microphone and camera': () =>
    navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(() => 'given'),
  'the screen': () => navigator.mediaDevices.getDisplayMedia().then(() => 'given'),
  notifications: () => Notification.requestPermission().then((given) => given === 'granted'),
  'devices on a cable': async () => {
    const found = navigator as unknown as Record<
      string,
      {
        getDevices?(): Promise<unknown[]>;
        requestDevice?(o: object): Promise<unknown[]>;
        requestPort?(): Promise<unknown>;
      }
    >;
    for (const name of ['hid', 'usb', 'serial', 'bluetooth']) {
      const device = found[name];
      const given = await device?.requestDevice?.({ filters: [] }).catch(() => []);
      const known = await device?.getDevices?.().catch(() => []);
      if ([given, known].some((one) => Array.isArray(one) && one.length > 0)) return name;
    }
    return false;
  },
  'a handler of a scheme': ({ http }) => {
    navigator.registerProtocolHandler('web+council', `${http}/%s`);
  },
};
