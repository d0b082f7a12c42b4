import { keyOf } from '../../chain/address.ts';
import { codeHash, decodeLoaderAccount, LOADER, withoutPadding } from '../../chain/loader-accounts.ts';
import type { Address } from '../../types.ts';
import { type CheckContext, error, type Finding, warning } from '../action.ts';

/** Tag of `Upgrade`, and its accounts in order: the program's data, the program, the buffer, then who gets its lamports. */
const UPGRADE = '03000000';

/**
 * What an upgrade would put into a program. The message names a buffer, not what is in it: only once the buffer is the
 * council's can nobody rewrite it between review and execution.
 * @returns nothing for any other instruction @throws SipError of the reader
 */
export async function checkUpgrade(
  {
    program,
    accounts,
    data,
  }: {
    readonly program: string;
    readonly accounts: readonly { readonly address: Address }[];
    readonly data: string;
  },
  { reader, pins }: CheckContext,
): Promise<readonly Finding[]> {
  const [programData, target, buffer] = accounts.map(({ address }) => address);
  if (program !== LOADER.toBase58() || data !== UPGRADE || !programData || !target || !buffer) return [];
  const read = await reader.getAccounts([keyOf(programData), keyOf(buffer)]);
  const [now, next] = read.accounts.map((account) => decodeLoaderAccount(account));
  if (now?.kind !== 'program-data')
    return [
      error(
        'upgrade-no-program',
        `${programData} is not the data of a program that can be upgraded`,
        'Take the address that "solana program show" gives as ProgramData.',
      ),
    ];
  if (next?.kind !== 'buffer')
    return [
      error(
        'upgrade-no-buffer',
        `${buffer} is no buffer: there is nothing to upgrade ${target} to`,
        'Write the code into it first: solana program write-buffer.',
      ),
    ];
  const code = withoutPadding(next.elf);
  const findings = [
    warning(
      'upgrade-code',
      `${target} holds code with the SHA-256 ${codeHash(now.elf)}; the buffer holds ${code.length} bytes with the SHA-256 ${codeHash(next.elf)}`,
      'Compare it with what a verifiable build of the reviewed source gives.',
    ),
  ];
  if (next.authority !== pins.vault)
    findings.push(
      error(
        'upgrade-buffer-not-held',
        `the buffer ${buffer} belongs to ${next.authority ?? 'nobody'}, not to the council’s vault: the loader refuses it, and until then its owner can rewrite it`,
        `Hand it over: solana program set-buffer-authority ${buffer} --new-buffer-authority ${pins.vault}.`,
      ),
    );
  if (now.authority !== pins.vault)
    findings.push(
      error(
        'upgrade-not-held',
        `the upgrade authority of ${target} is ${now.authority ?? 'nobody'}, not the council’s vault`,
        now.authority === null
          ? 'It is final: nobody can upgrade it.'
          : `Hand it over: solana program set-upgrade-authority ${target} --new-upgrade-authority ${pins.vault}.`,
      ),
    );
  if (next.elf.length > now.elf.length)
    findings.push(
      error(
        'upgrade-no-room',
        `the buffer holds ${next.elf.length} bytes, ${target} has room for ${now.elf.length}`,
        `Extend it first: solana program extend ${target} ${next.elf.length - now.elf.length}.`,
      ),
    );
  return findings;
}
