import { readExactly } from '../verify/bytes.ts';
import { ASSOCIATED_TOKEN } from './associated-token.ts';
import { LOADER } from './loader.ts';
import { MEMO } from './memo.ts';
import type { ForeignInstruction, Program } from './program.ts';
import { STAKE } from './stake.ts';
import { SYSTEM } from './system.ts';
import { TOKEN } from './token.ts';

export type { ForeignInstruction } from './program.ts';

const PROGRAMS: ReadonlyMap<string, Program> = new Map(
  [SYSTEM, TOKEN, ASSOCIATED_TOKEN, LOADER, STAKE, MEMO].flatMap((program) =>
    program.addresses.map((address) => [address as string, program] as const),
  ),
);

/**
 * What it does, as one sentence without its full stop; undefined for what is not read whole.
 * @example Transfer 1.5 SOL from 9xQe… to 7Np4…
 */
export function describeForeign({ programId, accounts, data }: ForeignInstruction): string | undefined {
  const program = PROGRAMS.get(programId);
  const told =
    program &&
    readExactly(data, (cursor) =>
      program.tell(cursor, (place) => accounts[place] ?? cursor.fail(`an account ${place}`), accounts.length),
    );
  return told?.ok ? told.value : undefined;
}
