import type { AnyActionModule } from './action.ts';
import { amendEpoch } from './amend-epoch/index.ts';
import { cancelEpoch } from './cancel-epoch/index.ts';
import { endEpoch } from './end-epoch/index.ts';
import { pause } from './pause/index.ts';
import { proposeAuthority } from './propose-authority/index.ts';
import { recordExternal } from './record-external/index.ts';
import { retireOperator } from './retire-operator/index.ts';
import { scheduleEpoch } from './schedule-epoch/index.ts';
import { setEpochCap } from './set-epoch-cap/index.ts';
import { setGuard } from './set-guard/index.ts';
import { setPoolCap } from './set-pool-cap/index.ts';
import { setPoolStatus } from './set-pool-status/index.ts';
import { setReceiptsTransferable } from './set-receipts-transferable/index.ts';
import { setRoles } from './set-roles/index.ts';
import { unpause } from './unpause/index.ts';
import { updateOperator } from './update-operator/index.ts';
import { whitelistLst } from './whitelist-lst/index.ts';
import { whitelistOperator } from './whitelist-operator/index.ts';

/** Every kind of change a SIP may ask for; a new one is a folder and a line here. Decoding tries them in this order. */
export const ACTIONS = [
  whitelistLst,
  setPoolCap,
  setPoolStatus,
  setReceiptsTransferable,
  whitelistOperator,
  updateOperator,
  retireOperator,
  scheduleEpoch,
  amendEpoch,
  setEpochCap,
  cancelEpoch,
  endEpoch,
  pause,
  unpause,
  setRoles,
  setGuard,
  proposeAuthority,
  recordExternal,
] as const satisfies readonly AnyActionModule[];

export type ActionKind = (typeof ACTIONS)[number]['kind'];

const BY_KIND: ReadonlyMap<string, AnyActionModule> = new Map(ACTIONS.map((module) => [module.kind, module]));

export function actionOf(kind: string): AnyActionModule | undefined {
  return BY_KIND.get(kind);
}
