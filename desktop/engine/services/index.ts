import type { Handlers } from '../engine.ts';
import { activity } from './activity.ts';
import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { changeRequests } from './change-requests.ts';
import { council } from './council.ts';
import { editor } from './editor.ts';
import { epochs } from './epochs.ts';
import { guide } from './guide.ts';
import { handIn } from './hand-in.ts';
import { inbox } from './inbox.ts';
import { profiles } from './profiles.ts';
import { proposalList } from './proposal-list.ts';
import { proposals } from './proposals.ts';
import { receipts } from './receipts.ts';
import { registry } from './registry.ts';
import { signers } from './signers.ts';
import { simulation } from './simulation.ts';
import { sips } from './sips.ts';
import { sources } from './sources.ts';
import { state } from './state.ts';
import { statements } from './statements.ts';

/** Who answers which call; a missing one is a type error. */
export const HANDLERS: Handlers = {
  ...state,
  ...profiles,
  ...signers,
  ...inbox,
  ...sips,
  ...editor,
  ...audit,
  ...guide,
  ...handIn,
  ...sources,
  ...proposalList,
  ...proposals,
  ...simulation,
  ...approvals,
  ...receipts,
  ...changeRequests,
  ...statements,
  ...epochs,
  ...registry,
  ...council,
  ...activity,
};
