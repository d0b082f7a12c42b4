import type { Attack } from './attack.ts';

/** Every attack by the name of its command. Loaded when asked for: some bring a chain, some a window. */
export const ATTACKS: Readonly<Record<string, () => Promise<Attack>>> = {
  'attack:bytes': async () => (await import('./bytes.ts')).bytes,
  'attack:incidents': async () => (await import('./incidents.ts')).incidents,
  'attack:keys': async () => (await import('./keys.ts')).keys,
  'attack:markdown': async () => (await import('./markdown.ts')).markdown,
  'attack:model': async () => (await import('./model.ts')).model,
  'attack:program': async () => (await import('./program.ts')).program,
  'attack:renderer': async () => (await import('./renderer.ts')).renderer,
  'attack:rpc': async () => (await import('./rpc.ts')).rpc,
  'attack:text': async () => (await import('./text.ts')).text,
  'crash:disk': async () => (await import('./crash-disk.ts')).crashDisk,
  'crash:kill': async () => (await import('./crash-kill.ts')).crashKill,
  'crash:power': async () => (await import('./crash-power.ts')).crashPower,
  'crash:submit': async () => (await import('./crash-submit.ts')).crashSubmit,
};
