import { NO_KEY } from '#governance/restaking/accounts.ts';
import type { Handlers } from '../engine.ts';
import { capText } from './words.ts';

export const registry = {
  async 'registry.read'({ world }) {
    const { state } = await world.snapshot();
    const { config, accounts } = state;
    const pools = [...accounts.RestakingPool].map(([address, pool]) => ({
      symbol: pool.symbol,
      mint: pool.lstMint,
      pool: address,
      receiptMint: pool.rstMint,
      status: pool.status,
      decimals: pool.decimals,
      cap: capText(pool.cap),
      deposited: pool.deposited.toString(),
      sip: pool.sip,
    }));
    const operators = [...accounts.Operator.values()].map(
      ({ name, voteAccount, authority, status, sip }) => ({
        name,
        voteAccount,
        authority,
        status,
        sip,
      }),
    );
    return {
      pools: pools.sort((a, b) => a.symbol.localeCompare(b.symbol)),
      operators: operators.sort((a, b) => a.name.localeCompare(b.name)),
      roles: config === undefined ? [] : rolesOf(config),
    };
  },
} satisfies Partial<Handlers>;

interface RoleKeys {
  readonly authority: string;
  readonly epochAdmin: string;
  readonly guardian: string;
  readonly gatekeeper: string;
  readonly sip: number;
}

/** As the table of roles in programs/restaking/README.md. */
function rolesOf({ authority, epochAdmin, guardian, gatekeeper, sip }: RoleKeys) {
  const held = (key: string) => (key === NO_KEY ? null : key);
  return [
    {
      role: 'Authority',
      key: held(authority),
      can: 'Everything that a SIP asks for, after begin_sip, by the council’s vault.',
      cannot: 'Act outside a SIP, below the floors, or with another council than the one reviewed.',
      sip,
    },
    {
      role: 'Epoch admin',
      key: held(epochAdmin),
      can: 'Activate the epoch that a SIP scheduled, inside its window.',
      cannot: 'Choose another epoch, window, cap or access.',
      sip,
    },
    {
      role: 'Guardian',
      key: held(guardian),
      can: 'Pause deposits and activation for 7 days.',
      cannot: 'Unpause, pause again within 14 days, or stop withdrawals and the council.',
      sip,
    },
    {
      role: 'Gatekeeper',
      key: held(gatekeeper),
      can: 'Co-sign deposits of invite-only epochs.',
      cannot: 'Deposit, withdraw or move anything itself.',
      sip,
    },
  ];
}
