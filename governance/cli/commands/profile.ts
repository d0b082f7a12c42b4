import { SipError } from '#governance/errors.ts';
import { clusterOf, endpointOf, genesisOfMoniker } from '#governance/profile/clusters.ts';
import {
  EMBEDDED,
  embeddedNetwork,
  isProfileName,
  type ProfileFile,
  QUORUMS,
} from '#governance/profile/schema.ts';
import {
  listProfiles,
  parseProfile,
  readProfile,
  removeProfile,
  writeProfile,
} from '#governance/profile/store.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { Paper } from '../paper.ts';
import { readNamed } from '../read-file.ts';
import { changeSettings } from './config.ts';

const NAME = { name: 'NAME', help: 'a profile' } as const;

export const command = defineCommand({
  name: 'profile',
  summary: 'Choose the deployment: endpoints, council and program',
  details:
    'The profile "embedded" is the embedded network of this computer ("embedded:NAME" one that was started with --name). Others are JSON files in the data folder, or anywhere, named by path.',
  examples: [
    ['profile list', 'all profiles, the current one marked'],
    ['profile add live -u m --council SQd… --program-id s…', 'pins the genesis hash, too'],
    ['profile use live', 'from now on'],
  ],
  subcommands: [
    defineCommand({
      name: 'list',
      summary: 'List the profiles',
      examples: [['profile list', 'the current one is marked']],
      async run(context) {
        const current = currentOf(context);
        const names = [EMBEDDED, ...(await listProfiles(context.files))];
        const all = names.includes(current) ? names : [...names, current];
        return {
          json: { current, profiles: all },
          text: (paper) => {
            for (const name of all)
              paper.line(name === current ? paper.paint.green(`* ${name}`) : `  ${name}`);
          },
        };
      },
    }),
    defineCommand({
      name: 'show',
      summary: 'Show a profile',
      args: { name: { ...NAME, help: 'the current one if left out', optional: true } },
      examples: [['profile show', 'the current profile']],
      async run(context, args) {
        const name = args.name ?? currentOf(context);
        return embeddedNetwork(name) === undefined
          ? showFile(await readProfile(context.files, name))
          : showEmbedded(context, name);
      },
    }),
    defineCommand({
      name: 'add',
      summary: 'Make a profile',
      details:
        'From --url, --council and --program-id, or from a JSON file. The endpoint’s genesis hash is asked for and pinned, so that no other cluster can answer later.',
      args: { name: NAME },
      options: {
        endpoint: {
          flags: '--endpoint <url>',
          help: 'a further endpoint, for the quorum of reads',
          many: true,
        },
        genesisHash: { flags: '--genesis-hash <hash>', help: 'pin this one, without asking the endpoint' },
        from: { flags: '--from <file>', help: 'take the profile from a JSON file' },
      },
      examples: [
        [
          'profile add live -u m --endpoint https://rpc.example.org --council SQd… --program-id s…',
          'two endpoints on mainnet',
        ],
        ['profile add test --from profile.json', 'from a file of a colleague'],
      ],
      async run(context, { name }, options) {
        if (!isProfileName(name))
          throw new SipError('USAGE', {
            detail: `"${name}" is no profile name: lower-case letters, digits and hyphens, at most 32`,
          });
        const profile =
          options.from === undefined
            ? await assembled(context, name, options.endpoint, options.genesisHash)
            : {
                ...parseProfile(await readNamed(context.path(options.from), options.from), options.from),
                name,
              };
        await writeProfile(context.files, profile);
        return showFile(profile);
      },
    }),
    defineCommand({
      name: 'use',
      summary: 'Make a profile the current one',
      args: { name: NAME },
      examples: [['profile use embedded', 'back to the embedded network']],
      async run(context, { name }) {
        if (embeddedNetwork(name) === undefined) await readProfile(context.files, name);
        await changeSettings(context, (settings) => ({ ...settings, profile: name }));
        return { json: { current: name }, text: (paper) => paper.line(`The profile is now ${name}.`) };
      },
    }),
    defineCommand({
      name: 'remove',
      summary: 'Remove a profile',
      args: { name: NAME },
      examples: [['profile remove live', 'its journal stays']],
      async run(context, { name }) {
        if (embeddedNetwork(name) !== undefined)
          throw new SipError('USAGE', { detail: `the profile "${EMBEDDED}" is the console's own and stays` });
        await removeProfile(context.files, name);
        await changeSettings(context, ({ profile, ...rest }) =>
          profile === undefined || profile === name ? rest : { ...rest, profile },
        );
        return { json: { removed: name }, text: (paper) => paper.line(`The profile ${name} is gone.`) };
      },
    }),
  ],
});

const currentOf = (context: Context): string => context.settings.profile?.value ?? EMBEDDED;

async function assembled(
  context: Context,
  name: string,
  more: readonly string[],
  genesisHash: string | undefined,
): Promise<ProfileFile> {
  const { url, council, 'program-id': programId } = context.settings;
  const missing = [
    ...(url === undefined ? ['--url'] : []),
    ...(council === undefined ? ['--council'] : []),
    ...(programId === undefined ? ['--program-id'] : []),
  ];
  if (url === undefined || missing.length > 0)
    throw new SipError('USAGE', { detail: `a profile needs ${missing.join(', ')}, or a file with --from` });
  const first = endpointOf(url.value);
  const pinned = genesisHash ?? genesisOfMoniker(url.value) ?? (await askGenesis(context, first));
  const value = {
    schemaVersion: 1,
    name,
    cluster: clusterOf(pinned),
    endpoints: [first, ...more.map(endpointOf)],
    genesisHash: pinned,
    council: council?.value,
    programId: programId?.value,
    ...(context.settings.keypair?.source === 'flag' && {
      keypair: context.path(context.settings.keypair.value),
    }),
  };
  return parseProfile(new TextEncoder().encode(JSON.stringify(value)), name);
}

async function askGenesis(context: Context, endpoint: string): Promise<string> {
  const { connectRpc } = await import('#governance/chain/rpc.ts');
  context.stage(`asking for the genesis hash`);
  return connectRpc(endpoint, { timer: context.timer }).genesisHash();
}

function showFile(profile: ProfileFile) {
  const { agree, of, commitment } = QUORUMS[profile.cluster ?? 'local'];
  return {
    json: { ...profile, quorum: { agree, of, commitment } },
    text: (paper: Paper) =>
      paper.pairs([
        ['profile', profile.name],
        ['cluster', profile.cluster],
        ...profile.endpoints.map((endpoint) => ['endpoint', endpoint] as const),
        ['genesis hash', profile.genesisHash ?? 'not pinned'],
        ['council', profile.council],
        ['program', profile.programId],
        ['keypair', profile.keypair],
        ['quorum', `${agree} of ${of} at ${commitment}`],
      ]),
  };
}

async function showEmbedded(context: Context, name: string) {
  const { requireSandbox } = await import('#governance/sandbox/store.ts');
  const { rpcUrl, council, vault, programId } = await requireSandbox(context.dataDir, embeddedNetwork(name));
  return {
    json: { name, cluster: 'local', endpoints: [rpcUrl], council, vault, programId, quorum: QUORUMS.local },
    text: (paper: Paper) =>
      paper.pairs([
        ['profile', name],
        ['endpoint', rpcUrl],
        ['council', council],
        ['vault', vault],
        ['program', programId],
      ]),
  };
}
