/** The base fee of one signature; a priority fee comes on top. */
export const SIGNATURE_LAMPORTS = 5_000n;
