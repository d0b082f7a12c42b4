import { SipError } from '#governance/errors.ts';
import {
  fileLayer,
  isSettingName,
  SETTING_NAMES,
  SETTINGS,
  type SettingName,
  variableOf,
} from '#governance/profile/settings.ts';
import { defineCommand, Refused } from '../command.ts';
import type { Context } from '../context.ts';
import { CONSOLE_FILE } from '../load-settings.ts';
import { address, u64 } from '../values.ts';

const NAME = { name: 'NAME', help: 'a setting', choices: SETTING_NAMES } as const;

export const command = defineCommand({
  name: 'config',
  summary: 'Show and change the settings of the console',
  details: `A flag wins over the environment (SIP_…), then sip.json of the project, then what "sip config set" wrote, then Solana's configuration, then the default.\n\nSettings: ${SETTING_NAMES.map((name) => `${name} (${SETTINGS[name].help})`).join('; ')}.`,
  examples: [
    ['config get', 'every setting, its value and where it comes from'],
    ['config set keypair ~/.config/solana/id.json', 'so that --keypair may be left out'],
  ],
  subcommands: [
    defineCommand({
      name: 'get',
      summary: 'Show settings and where each value comes from',
      args: { name: { ...NAME, help: 'one setting only', optional: true } },
      examples: [['config get profile', 'one setting']],
      async run(context, { name }) {
        const names = name === undefined ? SETTING_NAMES : [known(name)];
        const settings = names.map((each) => {
          const found = context.settings[each];
          return {
            name: each,
            value: found?.value ?? null,
            source: found?.source ?? null,
            where: found?.where ?? null,
          };
        });
        return {
          json: { dataDir: context.dataDir, settings },
          text(paper) {
            paper.table(
              ['setting', 'value', 'source'],
              settings.map(({ name: each, value, source, where }) => [
                each,
                value ?? paper.paint.dim('not set'),
                source === null ? '' : source === 'default' ? 'default' : `${source}: ${where}`,
              ]),
            );
            paper.line();
            paper.pairs([['data folder', context.dataDir]]);
          },
        };
      },
    }),
    defineCommand({
      name: 'set',
      summary: 'Keep a setting in the console’s data folder',
      args: { name: NAME, value: { name: 'VALUE', help: 'its value' } },
      examples: [['config set output json', 'JSON without --output']],
      async run(context, args) {
        const name = known(args.name);
        checkValue(name, args.value);
        await changeSettings(context, (settings) => ({ ...settings, [name]: args.value }));
        const closer = context.settings[name];
        if (closer !== undefined && ['flag', 'environment', 'project'].includes(closer.source))
          context.warn(`Here and now ${closer.where} says "${closer.value}" and wins.`);
        return {
          json: { name, value: args.value },
          text: (paper) => paper.line(`${name} is now ${args.value} (environment: ${variableOf(name)})`),
        };
      },
    }),
    defineCommand({
      name: 'unset',
      summary: 'Forget a setting that "sip config set" wrote',
      args: { name: NAME },
      examples: [['config unset keypair', 'back to the default']],
      async run(context, args) {
        const name = known(args.name);
        await changeSettings(context, ({ [name]: _, ...rest }) => rest);
        return { json: { name, value: null }, text: (paper) => paper.line(`${name} is no longer set here.`) };
      },
    }),
  ],
});

/** Rewrites what the console keeps. @throws SipError SETTINGS_INVALID, FILE_UNWRITABLE */
export async function changeSettings(
  context: Pick<Context, 'files'>,
  change: (
    settings: Readonly<Partial<Record<SettingName, string>>>,
  ) => Readonly<Partial<Record<SettingName, string>>>,
): Promise<void> {
  const bytes = await context.files.read(CONSOLE_FILE);
  const layer = bytes === null ? {} : fileLayer(bytes, CONSOLE_FILE);
  const before = Object.fromEntries(Object.entries(layer).map(([name, found]) => [name, found?.value]));
  await context.files.write(
    CONSOLE_FILE,
    new TextEncoder().encode(`${JSON.stringify(change(before), null, 2)}\n`),
  );
}

function known(name: string): SettingName {
  if (isSettingName(name)) return name;
  throw new SipError('USAGE', { detail: `"${name}" is no setting: there are ${SETTING_NAMES.join(', ')}` });
}

/** What would only be refused at the next command is refused now. */
function checkValue(name: SettingName, value: string): void {
  const allowed = { output: ['display', 'json'], commitment: ['confirmed', 'finalized'] }[name as string];
  try {
    if (value === '') throw new Refused('empty');
    if (allowed && !allowed.includes(value)) throw new Refused(`none of ${allowed.join(', ')}`);
    if (name === 'council' || name === 'program-id') address(value);
    if (name === 'compute-unit-price') u64(value);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new SipError('USAGE', { detail: `${name} "${value}" is ${error.message}` });
  }
}
