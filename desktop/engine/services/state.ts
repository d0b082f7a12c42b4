import { isPaused } from '#governance/operations/epochs.ts';
import type { Handlers } from '../engine.ts';
import { inboxOf } from './inbox.ts';

export const state = {
  async 'state.read'(engine) {
    const { seat, preferences, failure, ready: world } = engine;
    const { theme } = preferences;
    const base = { failure, seat, theme };
    if (world === undefined) {
      const phase = failure === null ? 'starting' : 'failed';
      return { ...base, phase, network: null, seats: [], counts: { inbox: 0, epochs: 0 } };
    }
    const [snapshot, clock] = await Promise.all([world.snapshot(), world.rpc.clock()]);
    const { config } = snapshot.state;
    const { sections } = inboxOf(snapshot, world, seat);
    const count = (title: string) => sections.find((section) => section.title === title)?.rows.length ?? 0;
    const all = sections.reduce((sum, { rows }) => sum + rows.length, 0);
    return {
      ...base,
      phase: 'ready',
      seats: [...world.seats],
      counts: { inbox: all, epochs: count('Epochs') },
      network: {
        name: 'Embedded network',
        ephemeral: true,
        slot: clock.slot.toString(),
        now: Number(snapshot.scan.now),
        paused: config !== undefined && isPaused(config, snapshot.scan.now),
        ...world.pins,
      },
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
  async 'network.warp'(engine, { seconds }) {
    await engine.world.sandbox.warpBy(BigInt(seconds));
    return {};
  },
} satisfies Partial<Handlers>;
