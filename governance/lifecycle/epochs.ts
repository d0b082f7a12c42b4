import type { SipLibrary } from '../proposals/library.ts';
import { type Epoch, type EpochCap, NO_KEY } from '../restaking/accounts.ts';
import { restakingPdas } from '../restaking/pdas.ts';
import type { Address, Pins, UnixSeconds } from '../types.ts';
import { expectationsOf } from './expected.ts';
import { hexOf, type Snapshot } from './track.ts';

/** A restaking epoch as the chain has it, beside what the texts planned. */
export interface EpochView {
  readonly index: number;
  readonly epoch: Epoch;
  readonly caps: readonly {
    readonly symbol: string;
    readonly decimals: number;
    readonly mint: Address;
    readonly cap: bigint;
    readonly filled: bigint;
    readonly sip: number;
  }[];
  readonly scheduledBy: number;
  /** Digest in the record of the SIP that scheduled it. */
  readonly digest: string | null;
  readonly activatedBy: Address | null;
  readonly activatedAt: UnixSeconds | null;
  /** Fields in which the chain differs from the last text that states them; null where no text at hand does. */
  readonly plan:
    | readonly { readonly field: string; readonly planned: unknown; readonly actual: unknown }[]
    | null;
  readonly due: 'activation' | 'closing' | 'amendment' | null;
  /** Whitelisted, open pools that would take no deposits in it. */
  readonly poolsWithoutCap: readonly string[];
}

export function viewEpochs({ scan, state }: Snapshot, pins: Pins, library: SipLibrary): readonly EpochView[] {
  const pdas = restakingPdas(pins.programId);
  const pools = state.accounts.RestakingPool;
  const records = state.accounts.SipRecord;
  return [...state.accounts.Epoch.values()]
    .sort((a, b) => a.index - b.index)
    .map((epoch) => {
      const symbolOf = (cap: EpochCap) => pools.get(cap.pool)?.symbol ?? '';
      const caps = [...state.accounts.EpochCap.values()]
        .filter((cap) => belongs(cap, epoch))
        .sort((a, b) => symbolOf(a).localeCompare(symbolOf(b)));
      const capped = new Set(caps.map((cap) => cap.pool));
      const record = records.get(pdas.sipRecord(epoch.scheduledBy));
      const finished = epoch.status === 'closed';
      return {
        index: epoch.index,
        epoch,
        caps: caps.flatMap((cap) => {
          const pool = pools.get(cap.pool);
          return pool
            ? [
                {
                  symbol: pool.symbol,
                  decimals: pool.decimals,
                  mint: pool.lstMint,
                  cap: cap.cap,
                  filled: cap.filled,
                  sip: cap.sip,
                },
              ]
            : [];
        }),
        scheduledBy: epoch.scheduledBy,
        digest: record ? hexOf(record.digest) : null,
        activatedBy: epoch.activatedBy === NO_KEY ? null : epoch.activatedBy,
        activatedAt: epoch.activatedAt === 0n ? null : (epoch.activatedAt as UnixSeconds),
        plan: planOf(epoch, pins, library, records),
        due: dueOf(epoch, scan.now, state.config?.nextActivation, state.config?.activeEpoch ?? null),
        poolsWithoutCap: finished
          ? []
          : [...pools]
              .filter(([address, pool]) => pool.status === 'open' && !capped.has(address))
              .map(([, pool]) => pool.symbol),
      };
    });
}

/** A cap of a schedule that was taken back counts as absent. */
const belongs = (cap: EpochCap, epoch: Epoch) =>
  cap.index === epoch.index && cap.scheduledBy === epoch.scheduledBy;

function planOf(
  epoch: Epoch,
  pins: Pins,
  library: SipLibrary,
  records: Snapshot['state']['accounts']['SipRecord'],
): EpochView['plan'] {
  const pdas = restakingPdas(pins.programId);
  const record = records.get(pdas.sipRecord(epoch.sip));
  const sip = record && library.byDigest(hexOf(record.digest));
  const expected =
    sip && expectationsOf(sip, pins).find(({ account }) => account === pdas.epoch(epoch.index));
  if (!expected?.fields) return null;
  return Object.entries(expected.fields)
    .filter(([field]) => field.startsWith('terms.'))
    .map(([field, planned]) => ({
      field,
      planned,
      actual: epoch.terms[field.slice('terms.'.length) as keyof Epoch['terms']],
    }))
    .filter(({ planned, actual }) => planned !== actual);
}

function dueOf(
  epoch: Epoch,
  now: UnixSeconds,
  nextActivation: number | undefined,
  active: number | null,
): EpochView['due'] {
  const passed = epoch.terms.closesAt !== null && now >= epoch.terms.closesAt;
  if (epoch.status === 'active') return passed ? 'closing' : null;
  if (epoch.status !== 'scheduled') return null;
  if (passed) return 'amendment';
  return active === null && nextActivation === epoch.index && now >= epoch.terms.opensAt
    ? 'activation'
    : null;
}
