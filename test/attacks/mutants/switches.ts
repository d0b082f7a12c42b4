/** What Stryker's instrumented code reads and writes; the program's mutants are switched and counted by the same. */
export interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

const shared = globalThis as { __stryker__?: Switches };
shared.__stryker__ ??= {};
export const switches: Switches = shared.__stryker__;
