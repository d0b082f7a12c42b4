import { join } from 'node:path';
import type { AnyActionModule } from '#governance/actions/action.ts';
import { writeDocument } from '#governance/adapters/document-file.ts';
import { SipError } from '#governance/errors.ts';
import { CATEGORIES, FIRST_SIP, LAST_SIP, MAX_VALID_DAYS, TYPES } from '#governance/sip/document.ts';
import { askParams, checkParams, setParam } from '../action-params.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { Paper } from '../paper.ts';
import { assignment, time, whole } from '../values.ts';

const DAY_SECONDS = 86_400n;
const USUAL_VALID_DAYS = 60;

export const command = defineCommand({
  name: 'new',
  summary: 'Start a SIP: header, sections to fill, and the block of actions',
  details:
    'What is not given is asked for where somebody sits at the terminal. The text of the sections is yours to write; lint refuses the document while the guidance stands in them.',
  options: {
    action: {
      flags: '--action <kind>',
      help: 'a change to ask for; "sip new --kinds" lists them',
      many: true,
    },
    set: {
      flags: '--set <name=value>',
      help: 'a value of the action; caps.1.mint=… in a list; 2:mint=… for the second action',
      parse: assignment,
      many: true,
    },
    example: { flags: '--example', help: "take the action's example for what is not set" },
    kinds: { flags: '--kinds', help: 'list the kinds of action and their values, write nothing' },
    title: { flags: '--title <text>', help: 'title of the SIP' },
    authors: { flags: '--authors <text>', help: 'such as "Ada Example (@ada)"' },
    number: {
      flags: '--number <n>',
      help: 'the next free one of the folder if left out',
      parse: whole(FIRST_SIP, LAST_SIP),
    },
    type: { flags: '--type <type>', help: 'Standards Track if left out', choices: TYPES },
    category: { flags: '--category <category>', help: 'Core if left out', choices: CATEGORIES },
    created: { flags: '--created <day>', help: 'YYYY-MM-DD, today if left out', parse: time },
    validUntil: {
      flags: '--valid-until <time>',
      help: `last moment to execute it, ${USUAL_VALID_DAYS} days if left out`,
      parse: time,
    },
    out: { flags: '--out <dir>', help: 'folder to write to (the folder of SIPs if left out)' },
  },
  examples: [
    ['new', 'asks for everything'],
    ['new --kinds', 'what a SIP can change'],
    [
      'new --action whitelist-lst --set mint=jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v --set symbol=JupSOL --set token-program=token --set decimals=9 --set cap=250000 --title "Whitelist JupSOL" --authors "Ada (@ada)"',
      'asks for nothing',
    ],
  ],
  async run(context, _args, options) {
    const { ACTIONS, actionOf } = await import('#governance/actions/registry.ts');
    const modules: readonly AnyActionModule[] = ACTIONS;
    if (options.kinds) return listKinds(modules);
    const kinds = options.action.length > 0 ? options.action : [await askKind(context, modules)];
    const actions = kinds.map((kind) => {
      const module = actionOf(kind);
      if (module === undefined)
        throw new SipError('USAGE', {
          detail: `"${kind}" is no action: there are ${modules.map((each) => each.kind).join(', ')}`,
        });
      return { module, values: {} as Record<string, unknown> };
    });
    for (const [name, value] of options.set) {
      const [, which, path = name] = /^(\d+):(.+)$/.exec(name) ?? [];
      const action = actions[which === undefined ? 0 : Number(which) - 1];
      if (action === undefined || (which === undefined && actions.length > 1))
        throw new SipError('USAGE', {
          detail: `--set ${name} does not say which of the ${actions.length} actions: write 1:${path}=…`,
        });
      setParam(action.module, action.values, path, value);
    }
    const document = { actions: [] as { kind: string; params: unknown }[] };
    for (const { module, values } of actions) {
      if (options.example)
        for (const [name, value] of Object.entries(module.example as object)) values[name] ??= value;
      else if (context.ask.possible) await askParams(context.ask, module, values, context.warn);
      document.actions.push({ kind: module.kind, params: checkParams(module, values) });
    }
    const title = options.title ?? (await orAsk(context, 'title', 'Title of the SIP:'));
    const authors =
      options.authors ?? (await orAsk(context, 'authors', 'Authors, such as "Ada Example (@ada)":'));

    const folder = options.out === undefined ? context.sips.folder : context.path(options.out);
    const shown = options.out ?? context.sips.shown;
    const sip = options.number ?? (await nextNumber(context, shown));
    const today = BigInt(Math.floor(context.timer.now() / 1000));
    const created = options.created ?? today - (today % DAY_SECONDS);
    const { newSip } = await import('#governance/sip/new-sip.ts');
    const { parseSip } = await import('#governance/sip/parse.ts');
    const { sipFileName } = await import('#governance/sip/file-name.ts');
    const text = newSip({
      sip,
      title,
      authors,
      type: options.type ?? 'Standards Track',
      category: options.category ?? 'Core',
      created: new Date(Number(created) * 1000).toISOString().slice(0, 10),
      validUntil:
        options.validUntil ?? created + BigInt(Math.min(USUAL_VALID_DAYS, MAX_VALID_DAYS)) * DAY_SECONDS,
      actions: document.actions,
    });
    const name = sipFileName(sip, title);
    const bytes = new TextEncoder().encode(text);
    const fault = parseSip(bytes, name, { allowGuidance: true }).findings.find(
      ({ level }) => level === 'error',
    );
    if (fault) throw new SipError('USAGE', { detail: fault.message.replace(/\.$/, '') });
    await writeDocument(join(folder, name), bytes, false);
    const file = join(shown, name);
    return {
      json: { file, sip },
      text(paper) {
        paper.line(`${file}: SIP-${sip}, ${title}`);
        paper.line(`Write its sections, then run "sip lint ${file}".`);
      },
    };
  },
});

function listKinds(modules: readonly AnyActionModule[]) {
  return {
    json: {
      kinds: modules.map(({ kind, title, summary, fields, example }) => ({
        kind,
        title,
        summary,
        fields,
        example,
      })),
    },
    text(paper: Paper) {
      for (const { kind, summary, fields } of modules) {
        paper.line(paper.paint.bold(kind));
        paper.line(`  ${summary}`);
        paper.line(
          paper.paint.dim(
            `  ${fields.map(({ name, optional }) => (optional ? `[${name}]` : name)).join(' ') || 'nothing to set'}`,
          ),
        );
      }
    },
  };
}

async function askKind({ ask, warn }: Context, modules: readonly AnyActionModule[]): Promise<string> {
  if (!ask.possible)
    throw new SipError('USAGE', {
      detail: 'what the SIP asks for is missing: give --action, see "sip new --kinds"',
    });
  for (const { kind, title } of modules) warn(`  ${kind.padEnd(28)}${title}`);
  return ask.line('What does the SIP ask for?');
}

async function orAsk({ ask }: Context, option: string, question: string): Promise<string> {
  if (!ask.possible)
    throw new SipError('USAGE', { detail: `the ${option} of the SIP is missing: give --${option}` });
  return ask.line(question);
}

/** One above the highest of the folder, valid or not. */
async function nextNumber(context: Context, folder: string): Promise<number> {
  const { readSip } = await import('#governance/sip/parse.ts');
  const files = await context.sips.files([folder]).catch((error: unknown) => {
    if (error instanceof SipError) return []; // the folder is made by the first SIP
    throw error;
  });
  return Math.max(FIRST_SIP - 1, ...files.map(({ file, bytes }) => readSip(bytes, file).number ?? 0)) + 1;
}
