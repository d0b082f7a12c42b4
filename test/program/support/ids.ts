import idl from '#governance/restaking/generated/restaking.json' with { type: 'json' };
import type { Address } from '#governance/types.ts';

export const PROGRAM_ID = idl.address as Address;
export const SQUADS_ID = 'SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf' as Address;
export const SYSTEM_ID = '11111111111111111111111111111111' as Address;
export const VOTE_ID = 'Vote111111111111111111111111111111111111111' as Address;
export const LOADER_ID = 'BPFLoaderUpgradeab1e11111111111111111111111' as Address;
