import { PublicKey } from '@solana/web3.js';
import { renderAmount } from '../actions/values.ts';
import { addressOf } from '../chain/address.ts';
import { NO_KEY } from '../restaking/accounts.ts';
import { developmentProgramSigner } from '../setup/keys.ts';
import type { Facts } from '../setup/read.ts';
import type { Address } from '../types.ts';
import { postureOf } from './council.ts';
import { error, ok, type PostureFinding, unknown, warning } from './finding.ts';

/** What a single key, or nobody's time, still stands for. Pure. */

const ROLES = [
  ['epochAdmin', 'epoch-admin', 'activates the epochs that a SIP scheduled, nothing else'],
  ['guardian', 'guardian', 'may pause deposits for seven days'],
  ['gatekeeper', 'gatekeeper', 'admits deposits of invite-only epochs'],
] as const;

/**
 * @param real whether this is a cluster where others are, too
 * @param deployer the key that set the program up, where it is known
 */
export function hotFindings(
  programId: Address,
  facts: Facts,
  context: { readonly real: boolean; readonly deployer: Address | null },
): readonly PostureFinding[] {
  const { council, config: found } = facts;
  const config = found.kind === 'config' ? found.config : undefined;
  return [
    ...developmentKey(programId, context.real),
    ...upgradeAuthority(facts),
    ...roles(facts, context.deployer),
    ...vault(facts),
    ...(council.kind === 'council' ? postureOf(council.council, config) : []),
  ];
}

function developmentKey(programId: Address, real: boolean): readonly PostureFinding[] {
  if (!real || programId !== addressOf(developmentProgramSigner().publicKey)) return [];
  return [
    error(
      'development-key',
      `${programId} is the development key, which everybody has.`,
      'Deploy the program at an address of your own: “sip setup”.',
    ),
  ];
}

function upgradeAuthority({ program, config, vault: ours }: Facts): readonly PostureFinding[] {
  if (program.kind !== 'deployed')
    return [
      unknown(
        'upgrade-authority-unknown',
        program.kind === 'none'
          ? 'There is no program at this address.'
          : `Who can replace the program could not be read: ${program.reason}.`,
        'Compare the program’s address with the deployment’s announcement.',
      ),
    ];
  const { authority } = program;
  if (authority === null)
    return [
      warning(
        'upgrade-authority-none',
        'Nobody can upgrade the program any more, the council neither.',
        'Nothing can be done: a defect of the program would stay.',
      ),
    ];
  if (authority === ours || (config.kind === 'config' && authority === config.config.authority))
    return [ok('upgrade-authority-vault', `The council's vault ${authority} alone can upgrade the program.`)];
  if (PublicKey.isOnCurve(authority))
    return [
      error(
        'upgrade-authority-hot',
        `The single key ${authority} can replace the program: it is above every guard.`,
        'Have that key hand the upgrade authority to the vault: “sip setup apply” does it.',
      ),
    ];
  return [
    warning(
      'upgrade-authority-other',
      `The upgrade authority is ${authority}: no single key, and not this council's vault.`,
      'Find out who controls it, and have it handed to the vault.',
    ),
  ];
}

function roles({ config: found, council }: Facts, deployer: Address | null): readonly PostureFinding[] {
  if (found.kind !== 'config') return [];
  const { config } = found;
  const members = new Set(council.kind === 'council' ? council.council.members.map(({ key }) => key) : []);
  const holders = ROLES.map(([field, name, does]) => ({ name, does, key: config[field] }));
  const single = holders.map(({ name, does, key }): PostureFinding => {
    if (key === NO_KEY) return ok(`${name}-none`, `Nobody is ${name}.`);
    if (!PublicKey.isOnCurve(key)) return ok(`${name}-program`, `The ${name} ${key} is no single key.`);
    const also = [members.has(key) && 'a member of the council', key === deployer && 'the deployer'].filter(
      Boolean,
    );
    const besides = also.length > 0 ? ` It is also ${also.join(' and ')}.` : '';
    return warning(
      `${name}-hot`,
      `The ${name} is the single key ${key}: it ${does}.${besides}`,
      'Keep it apart from the members’ keys; a SIP with set-roles replaces it.',
    );
  });
  const held = holders.filter(({ key }) => key !== NO_KEY);
  const twice = held.filter(({ key }) => held.filter((other) => other.key === key).length > 1);
  const shared =
    twice.length > 0
      ? [
          warning(
            'roles-shared',
            `One key holds several roles: ${twice.map(({ name }) => name).join(', ')}.`,
            'Give each role a key of its own: a SIP with set-roles.',
          ),
        ]
      : [];
  const seat =
    deployer !== null && members.has(deployer)
      ? [
          warning(
            'deployer-member',
            `The deployer's key ${deployer} is also a member of the council.`,
            'Propose a config transaction that replaces it.',
          ),
        ]
      : [];
  return [...single, ...shared, ...seat];
}

function vault({ vault: address, lamports }: Facts): readonly PostureFinding[] {
  if (address === null) return [];
  if (lamports.vault === 0n)
    return [
      warning(
        'vault-empty',
        'The vault has no SOL: it cannot pay the rent of what a SIP creates.',
        `Send it some: ${address}.`,
      ),
    ];
  return [
    ok(
      'vault-funded',
      `The vault holds ${renderAmount(lamports.vault, 9)} SOL for the rent of what SIPs create.`,
    ),
  ];
}
