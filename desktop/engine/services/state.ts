import type { LastSeen } from '#desktop/shared/last-seen.ts';
import type { AppState, Failure, Inbox } from '#desktop/shared/views/index.ts';
import type { Snapshot } from '#governance/lifecycle/track.ts';
import { isPaused } from '#governance/operations/epochs.ts';
import { EMBEDDED } from '#governance/profile/schema.ts';
import type { Engine, Handlers } from '../engine.ts';
import { failureOf, Passed } from '../failure.ts';
import { heard } from '../heard.ts';
import type { World } from '../world.ts';
import { inboxOf } from './inbox.ts';

export const state = {
  async 'state.read'(engine): Promise<AppState> {
    const { seat, preferences, failure, ready: world } = engine;
    const { theme, notifications, explorer } = preferences;
    const base = { failure, seat, theme, notifications, explorer, warning: warningOf(engine) };
    if (world === undefined) {
      const phase = failure === null ? 'starting' : 'failed';
      return { ...base, phase, network: null, seats: [], counts: { inbox: 0, epochs: 0 } };
    }
    const chain = await heard(world);
    const inbox = chain.snapshot && inboxOf(chain.snapshot, world, seat, await world.requests.read());
    if (inbox) engine.lastSeen.note(seenOf(engine, world, inbox));
    const sections = inbox?.sections ?? [];
    const count = (title: string) => sections.find((section) => section.title === title)?.rows.length ?? 0;
    const all = sections.reduce((sum, { rows }) => sum + rows.length, 0);
    return {
      ...base,
      failure: chain.failure,
      phase: 'ready',
      seats: [...world.seats],
      counts: { inbox: all, epochs: count('Epochs') },
      network: networkOf(world, chain.snapshot),
    };
  },
  async 'seat.choose'(engine, { seat }) {
    await engine.chooseSeat(engine.world.seats.some(({ id }) => id === seat) ? seat : null);
    return {};
  },
  async 'theme.choose'(engine, { theme }) {
    await engine.settings.change({ theme });
    return {};
  },
  async 'notifications.choose'(engine, { on }) {
    await engine.settings.change({ notifications: on });
    return {};
  },
  async 'explorer.choose'(engine, { explorer }) {
    await engine.settings.change({ explorer });
    return {};
  },
  async 'network.warp'({ world }, { seconds }) {
    if (world.sandbox === null)
      throw new Passed({
        code: 'NOT_OUR_CLOCK',
        message: 'Only the network inside this computer has a clock that can be moved.',
        sent: 'no',
        remedy: 'Wait, or go to the profile “embedded” in Settings.',
      });
    await world.sandbox.warpBy(BigInt(seconds));
    return {};
  },
} satisfies Partial<Handlers>;

const seenOf = ({ preferences: { theme } }: Engine, world: World, inbox: Inbox): LastSeen => ({
  schemaVersion: 1,
  theme,
  profile: world.profile,
  at: Date.now(),
  inbox: world.sandbox === null ? inbox : null,
});

function networkOf(world: World, snapshot: Snapshot | null): NonNullable<AppState['network']> {
  const { profile, cluster, pins } = world;
  const config = snapshot?.state.config;
  const lookOnly = world.disagreement();
  return {
    name: profile === EMBEDDED ? 'Embedded network' : profile,
    cluster,
    ephemeral: world.sandbox !== null,
    slot: snapshot?.scan.slot.toString() ?? null,
    now: snapshot ? Number(snapshot.scan.now) : null,
    paused: config !== undefined && snapshot !== null && isPaused(config, snapshot.scan.now),
    lookOnly: lookOnly && failureOf(lookOnly).message,
    ...pins,
  };
}

function warningOf(engine: Engine): Failure | null {
  const problem = engine.settingsProblem ?? engine.ready?.dissent() ?? null;
  return problem === null ? null : failureOf(problem);
}
