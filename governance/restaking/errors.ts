import idl from './generated/restaking.json' with { type: 'json' };

/** Errors of the restaking program by number, from its IDL. */
export interface ProgramErrorEntry {
  readonly code: number;
  readonly name: string;
  readonly message: string;
}

const BY_CODE = new Map<number, ProgramErrorEntry>(
  idl.errors.map((entry) => [entry.code, { code: entry.code, name: entry.name, message: entry.msg }]),
);

export function restakingError(code: number): ProgramErrorEntry | undefined {
  return BY_CODE.get(code);
}

/** Names by number, for failures whose logs do not carry them. */
export const restakingErrorNames: Readonly<Record<number, string>> = Object.fromEntries(
  idl.errors.map((entry) => [entry.code, entry.name]),
);
