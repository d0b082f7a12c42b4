import type { Verification } from './input.ts';

/** The stable form of `sip verify --output json`, without `schemaVersion`: exactly these keys, unset ones left out. */
export function verificationToJson(verification: Verification): Record<string, unknown> {
  const { verdict, executed, sip, part, parts, transactionIndex, differences } = verification;
  return {
    verdict,
    executed,
    sip,
    part,
    parts,
    transactionIndex: Number(transactionIndex),
    differences: differences.map(({ field: _, ...stable }) => stable),
  };
}
