import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { SipError } from '#governance/errors.ts';
import type { Engine, Handlers } from '../engine.ts';

/** The folders whose SIPs are read besides the console's own, for the profile in use. */
export const sources = {
  async 'sources.list'({ world: { documents } }) {
    await documents.refresh();
    return {
      sources: documents.sources.map(({ path, sips, problem }) => ({
        id: idOf(path),
        name: basename(path),
        documents: sips.length,
        problem,
      })),
      stored: documents.store.texts.length,
      problems: [...documents.store.problems],
    };
  },

  async 'sources.add'(engine) {
    const path = await engine.outside.choose('folder', 'Folder with SIPs');
    if (path === null) return { added: false };
    const before = pathsOf(engine);
    if (before.includes(path))
      throw new SipError('USAGE', { detail: `the folder ${basename(path)} is a source already` });
    await change(engine, [...before, path]);
    return { added: true };
  },

  async 'sources.remove'(engine, { id }) {
    await change(
      engine,
      pathsOf(engine).filter((path) => idOf(path) !== id),
    );
    return {};
  },
} satisfies Partial<Handlers>;

const idOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16);

const pathsOf = ({ preferences }: Engine): readonly string[] =>
  preferences.sources[preferences.profile] ?? [];

async function change({ settings, preferences, world }: Engine, paths: readonly string[]): Promise<void> {
  await settings.change({ sources: { ...settings.now.sources, [preferences.profile]: [...paths] } });
  await world.documents.reload();
}
