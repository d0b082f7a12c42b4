import type { ChainReader } from '../chain/ports.ts';
import { isSipError } from '../errors.ts';
import { judgeSteps, type StepState } from '../setup/judge.ts';
import { readFacts } from '../setup/read.ts';
import type { Pins } from '../types.ts';
import type { PostureFinding } from './finding.ts';
import { nonceFindings, readMemberNonces } from './nonces.ts';
import { hotFindings } from './roles.ts';
import { readSpendingLimits, spendingLimitFindings } from './spending-limits.ts';

export interface Posture {
  readonly findings: readonly PostureFinding[];
  /** What of the set-up is done, with nothing to compare it with. */
  readonly steps: readonly StepState[];
}

/**
 * How hard a deployment's council is to capture, as far as the chain tells.
 * @param real whether this is a cluster where others are, too
 * @throws SipError of the reader; where only spending limits or nonces can't be read they are told as unknown
 */
export async function readPosture(
  reader: ChainReader,
  { programId, council }: Pins,
  real: boolean,
): Promise<Posture> {
  const target = { programId, council, file: null, elf: null, deployer: null, buffer: null };
  const [facts, limits] = await Promise.all([
    readFacts(reader, target),
    readSpendingLimits(reader, council).catch(unlessRefused),
  ]);
  const members = facts.council.kind === 'council' ? facts.council.council.members.map(({ key }) => key) : [];
  const nonces = await readMemberNonces(reader, members).catch(unlessRefused);
  return {
    findings: [
      ...hotFindings(programId, facts, { real, deployer: null }),
      ...spendingLimitFindings(limits),
      ...nonceFindings(nonces),
    ],
    steps: judgeSteps(target, facts),
  };
}

/** Many public endpoints don't answer getProgramAccounts; the rest of the posture is known without it. */
function unlessRefused(error: unknown): null {
  if (isSipError(error, 'ENDPOINT_REFUSED') || isSipError(error, 'ENDPOINT_RATE_LIMITED')) return null;
  throw error;
}
