import { SipError } from '../errors.ts';

/** What the console can be told once instead of with every command, and where each value comes from. */

export const SETTINGS = {
  profile: { flag: '--profile', help: 'the deployment: embedded, or the name of a profile' },
  url: { flag: '--url', help: 'the endpoint instead of the profile’s' },
  council: { flag: '--council', help: 'the Squads multisig instead of the profile’s' },
  'program-id': { flag: '--program-id', help: 'the restaking program instead of the profile’s' },
  keypair: { flag: '--keypair', help: 'the key to sign with' },
  sips: { flag: '--sips', help: 'the folder of SIPs' },
  commitment: { flag: '--commitment', help: 'confirmed or finalized' },
  output: { flag: '--output', help: 'display or json' },
  'compute-unit-price': {
    flag: '--with-compute-unit-price',
    help: 'priority fee in micro-lamports per compute unit',
  },
} as const;
export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];
export const isSettingName = (name: string): name is SettingName => name in SETTINGS;

/** In order of precedence. */
export const SOURCES = ['flag', 'environment', 'project', 'console', 'solana', 'default'] as const;
export type Source = (typeof SOURCES)[number];

export interface Setting {
  readonly value: string;
  readonly source: Source;
  /** The flag, variable or file that says so. */
  readonly where: string;
}

export type Layer = Readonly<
  Partial<Record<SettingName, { readonly value: string; readonly where: string } | undefined>>
>;
export type Settings = Readonly<Partial<Record<SettingName, Setting>>>;

/** The first layer that has a value wins. Pure. */
export function resolveSettings(layers: Readonly<Partial<Record<Source, Layer>>>): Settings {
  const settings: Partial<Record<SettingName, Setting>> = {};
  for (const name of SETTING_NAMES)
    for (const source of SOURCES) {
      const found = layers[source]?.[name];
      if (found === undefined) continue;
      settings[name] = { ...found, source };
      break;
    }
  return settings;
}

/** `program-id` → `SIP_PROGRAM_ID` */
export const variableOf = (name: SettingName): string => `SIP_${name.replaceAll('-', '_').toUpperCase()}`;

/** @param env the process's; empty values count as unset. */
export function environmentLayer(env: Readonly<Record<string, string | undefined>>): Layer {
  const entries = SETTING_NAMES.map((name) => {
    const where = variableOf(name);
    const value = env[where];
    return [name, value ? { value, where } : undefined] as const;
  });
  return Object.fromEntries(entries.filter(([, found]) => found !== undefined));
}

/**
 * A JSON object of settings: `sip.json` of a project, or the console's own.
 * @param where the file, for messages @throws SipError SETTINGS_INVALID
 */
export function fileLayer(bytes: Uint8Array, where: string): Layer {
  const invalid = (detail: string, cause?: unknown) =>
    new SipError('SETTINGS_INVALID', { file: where, detail }, { cause });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid('it is not JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('it is not an object of settings');
  const layer: Partial<Record<SettingName, { value: string; where: string }>> = {};
  for (const [name, text] of Object.entries(value)) {
    if (!isSettingName(name)) throw invalid(`"${name}" is no setting`);
    if (typeof text !== 'string') throw invalid(`${name} is not text`);
    layer[name] = { value: text, where };
  }
  return layer;
}
