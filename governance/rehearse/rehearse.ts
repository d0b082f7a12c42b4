import { type EpochView, viewEpochs } from '../lifecycle/epochs.ts';
import { readSnapshot, trackSips } from '../lifecycle/track.ts';
import { sipLibrary } from '../proposals/library.ts';
import type { Operator, RestakingPool } from '../restaking/accounts.ts';
import type { Sip } from '../sip/document.ts';
import { playEpochs } from './play-epoch.ts';
import { playSip } from './play-sip.ts';
import { type Stage, StageFailed, Stages } from './stages.ts';
import type { RehearsalWorld } from './world.ts';

export interface Rehearsal {
  /** Every stage came out as expected. */
  readonly ok: boolean;
  readonly stages: readonly Stage[];
  readonly final: {
    readonly pools: readonly RestakingPool[];
    readonly operators: readonly Operator[];
    readonly epochs: readonly EpochView[];
    readonly sips: readonly {
      readonly sip: number;
      readonly title: string;
      readonly digest: string;
      readonly status: string;
      readonly because: string;
    }[];
  };
}

/**
 * Plays SIPs in the order of their numbers on an embedded network: text → bytes → votes → state → epochs.
 * @param sips linted copies whose dates begin on the network's today. @throws SipError of the reader.
 */
export async function rehearse(
  world: RehearsalWorld,
  sips: readonly Sip[],
  report: (stage: Stage) => void,
): Promise<Rehearsal> {
  const stages = new Stages(report);
  const library = sipLibrary(sips);
  try {
    for (const sip of library.sips) {
      await playSip(world, stages, sip);
      await playEpochs(world, stages, sip);
    }
  } catch (error) {
    // The stage is recorded; later SIPs build on this one.
    if (!(error instanceof StageFailed)) throw error;
  }
  const snapshot = await readSnapshot(world.ports.rpc, world.pins, library);
  const { accounts } = snapshot.state;
  return {
    ok: stages.list.every((stage) => stage.ok),
    stages: stages.list,
    final: {
      pools: [...accounts.RestakingPool.values()],
      operators: [...accounts.Operator.values()],
      epochs: viewEpochs(snapshot, world.pins, library),
      sips: trackSips(snapshot, world.pins, library).map(({ sip, status, because }) => ({
        sip: sip.header.sip,
        title: sip.header.title,
        digest: sip.digest,
        status,
        because,
      })),
    },
  };
}
