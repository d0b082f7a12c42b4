import type { Address } from '../../types.ts';
import { Refusal } from './refusal.ts';
import type { Step } from './review.ts';

/** What must stand at one place of an instruction; `key` null: any key, which is then shown. */
export interface Slot {
  readonly name: string;
  readonly key: Address | null;
  readonly signer?: boolean;
  readonly writable: boolean;
}

/** Which keys may be writable: what the instructions ask for together, and not a key more. */
export class Roles {
  readonly #writable = new Map<Address, boolean>();

  want(key: Address, writable: boolean): void {
    this.#writable.set(key, writable || this.#writable.get(key) === true);
  }

  mayWrite(key: Address): boolean {
    return this.#writable.get(key) === true;
  }
}

/** Every slot by position, no account more or less; a role that was merged up in the message is refused too. */
export function checkAccounts(
  step: Step,
  slots: readonly Slot[],
  roles: Roles,
  rest: 'none' | 'any' = 'none',
): void {
  if (step.accounts.length < slots.length || (rest === 'none' && step.accounts.length > slots.length))
    throw new Refusal(
      'ACCOUNT_UNEXPECTED',
      step.at,
      `The instruction takes ${step.accounts.length} accounts, not ${slots.length}.`,
    );
  for (const [at, { name, key, signer = false, writable }] of slots.entries()) {
    const account = step.accounts[at]!;
    if (key !== null && account.key !== key)
      throw new Refusal(
        'ACCOUNT_UNEXPECTED',
        step.at,
        `Account ${at + 1} (${name}) is ${account.key}, not ${key}.`,
      );
    if ((signer && !account.signer) || (writable && !account.writable))
      throw new Refusal('ACCOUNT_UNEXPECTED', step.at, `Account ${at + 1} (${name}) lacks its role.`);
  }
  for (const [at, { key, writable }] of step.accounts.entries())
    roles.want(key, slots[at]?.writable ?? writable);
  const own = step.accounts[slots.findIndex(({ signer }) => signer)]?.key;
  const stranger = step.accounts.slice(slots.length).find(({ key, signer }) => signer && key !== own);
  if (stranger)
    throw new Refusal('SIGNER_BESIDES', step.at, `${stranger.key} would sign inside the execution.`);
}
