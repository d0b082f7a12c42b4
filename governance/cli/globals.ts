import type { Layer } from '#governance/profile/settings.ts';
import type { Options, OptionValues } from './command.ts';

/** Options that every command takes, before or behind its name. */
export const GLOBAL_OPTIONS = {
  url: {
    flags: '-u, --url <url>',
    help: 'endpoint, or m, t, d, l for mainnet-beta, testnet, devnet, localhost',
  },
  rpcUrl: { flags: '--rpc-url <url>', help: 'the same as --url', hidden: true },
  keypair: { flags: '-k, --keypair <file>', help: 'keypair file to sign with' },
  as: {
    flags: '--as <seat>',
    help: 'sign as a seat of the embedded network: 0, 1, … or epoch-admin, guardian, gatekeeper, depositor',
  },
  profile: {
    flags: '--profile <name>',
    help: 'deployment to work with: embedded, embedded:NAME or a profile',
  },
  council: { flags: '--council <address>', help: 'the Squads multisig (not its vault)' },
  multisigPubkey: { flags: '--multisig-pubkey <address>', help: 'the same as --council', hidden: true },
  programId: { flags: '--program-id <address>', help: 'the restaking program' },
  sips: { flags: '--sips <dir>', help: "folder of SIPs (the project's sips/ if left out)" },
  dataDir: { flags: '--data-dir <dir>', help: "the console's own folder" },
  output: {
    flags: '--output <form>',
    help: 'display, or json: one document on standard output',
    choices: ['display', 'json'],
  },
  computeUnitPrice: {
    flags: '--with-compute-unit-price <micro-lamports>',
    help: 'priority fee per compute unit',
  },
  priorityFee: {
    flags: '--priority-fee <micro-lamports>',
    help: 'the same as --with-compute-unit-price',
    hidden: true,
  },
  commitment: { flags: '--commitment <level>', help: 'what to read', choices: ['confirmed', 'finalized'] },
  config: {
    flags: '-C, --config <file>',
    help: "Solana's configuration file, whose endpoint then counts too",
  },
  verbose: { flags: '-v, --verbose', help: 'say more on standard error' },
  yes: { flags: '--yes', help: 'confirm what would be asked (for scripts)' },
  noInput: { flags: '--no-input', help: 'never ask' },
} as const satisfies Options;

export type Globals = OptionValues<typeof GLOBAL_OPTIONS>;

/** The first layer of settings. */
export function flagLayer(globals: Globals): Layer {
  const of = (value: string | undefined, where: string) =>
    value === undefined ? undefined : { value, where };
  return {
    url: of(globals.url, '--url') ?? of(globals.rpcUrl, '--rpc-url'),
    council: of(globals.council, '--council') ?? of(globals.multisigPubkey, '--multisig-pubkey'),
    'program-id': of(globals.programId, '--program-id'),
    keypair: of(globals.keypair, '--keypair'),
    profile: of(globals.profile, '--profile'),
    sips: of(globals.sips, '--sips'),
    output: of(globals.output, '--output'),
    commitment: of(globals.commitment, '--commitment'),
    'compute-unit-price':
      of(globals.computeUnitPrice, '--with-compute-unit-price') ?? of(globals.priorityFee, '--priority-fee'),
  };
}
