/** Data lengths in bytes; programs/restaking/README.md has the same table and the program's tests assert it. */
export const ACCOUNT_BYTES = {
  Config: 472,
  SipRecord: 72,
  RestakingPool: 200,
  Operator: 182,
  Epoch: 119,
  EpochCap: 67,
} as const;

export const MINT_BYTES = 82;
/** Of a classic token account; a Token-2022 one has its extensions behind, at least ImmutableOwner. */
export const TOKEN_ACCOUNT_BYTES = 165;
export const TOKEN_2022_ACCOUNT_BYTES = 170;
