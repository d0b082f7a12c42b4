import type { EpochRow } from '#desktop/shared/views/index.ts';

type Cap = EpochRow['caps'][number];

/** Share of the cap in thousandths; null where there is no limit. */
export function shareOf({ cap, filled }: Cap): number | null {
  if (cap === null) return null;
  if (cap === '0') return 1000;
  return Number((BigInt(filled) * 1000n) / BigInt(cap));
}

/** `96.2 %` */
export const shareText = (thousandths: number): string => `${thousandths / 10} %`;

/** The cap that is nearest to being full: it is the first to stop deposits. */
export function fullest(caps: readonly Cap[]): { readonly symbol: string; readonly share: number } | null {
  let found: { symbol: string; share: number } | null = null;
  for (const cap of caps) {
    const share = shareOf(cap);
    if (share !== null && (found === null || share > found.share)) found = { symbol: cap.symbol, share };
  }
  return found;
}
