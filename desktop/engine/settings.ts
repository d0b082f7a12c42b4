import { z } from 'zod';
import { address, EXPLORERS, THEMES } from '#desktop/shared/views/index.ts';
import type { Files } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import { EMBEDDED } from '#governance/profile/schema.ts';

/** How its user wants the window; the command line's settings are in config.json beside it. */
const FILE = 'desktop.json';
/** Where a file that could not be read is kept, so that nothing of it is lost. */
const KEPT = 'desktop.unreadable.json';

const base = { id: z.string().max(64), name: z.string().min(1).max(60), publicKey: address };
const signer = z.discriminatedUnion('kind', [
  /** Only the path: the file is opened by the signer's process for one signature. */
  z.strictObject({
    ...base,
    kind: z.literal('keypair'),
    path: z.string(),
    /** A key in a file signs on mainnet only where its user said so. */
    allowMainnet: z.boolean(),
  }),
  z.strictObject({ ...base, kind: z.literal('offline') }),
  z.strictObject({ ...base, kind: z.literal('browser') }),
  z.strictObject({ ...base, kind: z.literal('ledger'), path: z.string().max(32) }),
]);
export type SignerEntry = z.infer<typeof signer>;

/** One field for each concern; a default for each, so that an older file stays valid. */
const schema = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  theme: z.enum(THEMES).default('system'),
  /** Of the system, while the window is not looked at. */
  notifications: z.boolean().default(true),
  explorer: z.enum(EXPLORERS).default('solana'),
  /** `embedded`, or the name of a profile of governance/profile. */
  profile: z.string().default(EMBEDDED),
  /** Who signs, by profile; null = looking only. */
  seats: z.record(z.string(), z.string().nullable()).default({}),
  /** Folders with SIPs besides the console's own, by profile. */
  sources: z.record(z.string(), z.array(z.string())).default({}),
  /** Keys besides those of the profile, good for every profile. */
  signers: z.array(signer).default([]),
});

export type Settings = z.infer<typeof schema>;
export const DEFAULTS: Settings = schema.parse({});

/** The settings, in memory and in their file. Written whole at each change; the last change wins. */
export class SettingsStore {
  readonly #files: Files;
  #settings: Settings;
  #writes: Promise<void> = Promise.resolve();
  /** Why the file's settings are not the ones in use; null as a rule. */
  readonly problem: SipError | null;

  private constructor(files: Files, settings: Settings, problem: SipError | null) {
    this.#files = files;
    this.#settings = settings;
    this.problem = problem;
  }

  /** A file that cannot be read is kept aside, and the defaults are used and said to be. @throws SipError FILE_UNREADABLE */
  static async open(files: Files): Promise<SettingsStore> {
    const bytes = await files.read(FILE);
    if (bytes === null) return new SettingsStore(files, DEFAULTS, null);
    const read = parse(bytes);
    if (!(read instanceof SipError)) return new SettingsStore(files, read, null);
    await files.write(KEPT, bytes);
    return new SettingsStore(files, DEFAULTS, read);
  }

  get now(): Settings {
    return this.#settings;
  }

  /** @throws SipError FILE_UNWRITABLE; the change counts until the console is closed all the same */
  async change(change: Partial<Settings>): Promise<void> {
    this.#settings = schema.parse({ ...this.#settings, ...change });
    const write = this.#writes
      .catch(() => undefined)
      .then(() => this.#files.write(FILE, render(this.#settings)));
    this.#writes = write;
    await write;
  }
}

const render = (settings: Settings): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(settings, null, 2)}\n`);

function parse(bytes: Uint8Array): Settings | SipError {
  const invalid = (detail: string) => new SipError('SETTINGS_INVALID', { file: FILE, detail });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return invalid('it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`);
}
