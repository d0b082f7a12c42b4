import type { DerivationPath } from '#desktop/shared/ledger-protocol.ts';

/** SLIP-44 coin type of Solana. */
const SOLANA = "44'/501'";
/** Enough for any wallet seen; keeps a number of the window's from becoming a scan. */
export const MOST_ACCOUNTS = 100;

/** The two schemes in use: `usb://ledger?key=N` of Solana's command line, and the four levels of vendor wallets. */
export const pathsOf = (account: number): readonly DerivationPath[] => [
  `${SOLANA}/${account}'`,
  `${SOLANA}/${account}'/0'`,
];

/** Only what `pathsOf` makes is ever asked of a device. */
export function isPath(path: string): boolean {
  const account = /^44'\/501'\/(0|[1-9]\d?)'(\/0')?$/.exec(path)?.[1];
  return account !== undefined && Number(account) < MOST_ACCOUNTS;
}
