import type { Config } from '../restaking/accounts.ts';
import type { Council } from '../venues/squads/state.ts';
import { durationText } from '../words/times.ts';
import { smallestCoalition } from './coalition.ts';
import { error, ok, type PostureFinding, warning } from './finding.ts';

/** How hard the council is to capture, as far as its account and the program's guard tell. Pure. */

const DAY_SECONDS = 86_400;
const duration = (seconds: number) => durationText(BigInt(seconds));

/** @param config of the program, where it is initialized */
export function postureOf(council: Council, config: Config | undefined): readonly PostureFinding[] {
  const voters = council.members.filter(({ permissions }) => permissions.includes('vote')).length;
  const executors = council.members.filter(({ permissions }) => permissions.includes('execute')).length;
  const { threshold, timeLockSeconds, configAuthority, members } = council;
  return [
    configAuthority === null
      ? ok('no-config-authority', 'No single key can change the council.')
      : error(
          'config-authority',
          `${configAuthority} can change members, threshold and time lock without a vote; the program refuses SIPs of such a council.`,
          'Have that key hand over to nobody (multisig_set_config_authority), or found a council without one: “sip setup”.',
        ),
    threshold <= 1
      ? error(
          'threshold-one',
          'One voter decides alone.',
          'Propose a config transaction that raises the threshold to a majority.',
        )
      : 2 * threshold <= voters
        ? warning(
            'threshold-minority',
            `${threshold} of ${voters} voters decide: less than a majority.`,
            'Propose a config transaction that raises the threshold.',
          )
        : ok('threshold-majority', `${threshold} of ${voters} voters decide.`),
    voters > threshold
      ? ok(
          'keys-to-spare',
          `${voters - threshold === 1 ? 'One voter' : `${voters - threshold} voters`} may be lost before nothing can be decided any more.`,
        )
      : warning(
          'no-key-to-spare',
          'If one voter loses their key, nothing can be decided any more.',
          'Propose a config transaction that adds a voter.',
        ),
    ...coalition(council),
    timeLockSeconds === 0
      ? error(
          'no-time-lock',
          'What is approved can be executed at once: nobody has time to object.',
          'Propose a config transaction that sets a time lock of a day or more.',
        )
      : timeLockSeconds < DAY_SECONDS
        ? warning(
            'time-lock-short',
            `Between approval and execution are ${duration(timeLockSeconds)}: less than a day to object.`,
            'Propose a config transaction that sets a time lock of a day or more.',
          )
        : ok('time-lock', `Between approval and execution are ${duration(timeLockSeconds)}.`),
    executors > 0
      ? ok('executors', `${executors} of ${members.length} members may execute.`)
      : error(
          'no-executor',
          'No member may execute.',
          'Propose a config transaction that adds a member who may.',
        ),
    ...rent(council),
    ...guard(council, config),
    warning(
      'vault-holdings',
      'What the vault holds directly (its SOL and tokens, any authority left on it) is outside the program’s guard.',
      'Keep there only what rent and fees take.',
    ),
  ];
}

function coalition({ members, threshold, configAuthority }: Council): readonly PostureFinding[] {
  // That key changes the council first; the finding about it says so.
  if (configAuthority !== null) return [];
  const smallest = smallestCoalition(members, threshold);
  if (smallest === null)
    return [
      error(
        'no-coalition',
        'Not even all members together can propose, approve and execute a transaction.',
        'Only a config authority, where there is one, can still change the members; without one nothing that the vault controls can be moved any more.',
      ),
    ];
  const keys = smallest.map(({ key }) => key);
  if (keys.length === 1)
    return [
      error(
        'one-key-alone',
        `${keys[0]} can propose, approve and execute anything alone.`,
        'Propose a config transaction that raises the threshold to a majority.',
      ),
    ];
  return [
    ok('coalition', `It takes ${keys.length} of ${members.length} keys to decide and execute anything.`),
  ];
}

/** Whoever may close the accounts of finished transactions takes with them what shows how they were approved. */
function rent({ rentCollector, vault }: Council): readonly PostureFinding[] {
  if (rentCollector === null)
    return [ok('no-rent-collector', 'Nobody can close the accounts of finished transactions.')];
  if (rentCollector === vault)
    return [
      warning(
        'rent-collector-vault',
        'Anybody may close the accounts of finished transactions, their rent goes to the vault: what was approved is then only in the history.',
        'Keep a bundle of each proposal (“sip bundle”), or propose a config transaction that takes the rent collector away.',
      ),
    ];
  return [
    warning(
      'rent-collector',
      `Anybody may close the accounts of finished transactions, their rent goes to ${rentCollector}, which is not the vault.`,
      'Propose a config transaction that names the vault as rent collector, or nobody.',
    ),
  ];
}

function guard(council: Council, config: Config | undefined): readonly PostureFinding[] {
  if (config === undefined)
    return [
      warning(
        'program-unset',
        'The restaking program is not initialized here.',
        '“sip setup” does it, step by step.',
      ),
    ];
  if (config.authority !== council.vault || config.guard.venueAccount !== council.address)
    return [
      error(
        'not-the-authority',
        `The program obeys ${config.authority}, not this council’s vault.`,
        'Use the profile of the council that it obeys, or hand the authority over by a SIP (propose-authority).',
      ),
    ];
  const { minThreshold, minTimeLock } = config.guard.floors;
  if (council.threshold < minThreshold || council.timeLockSeconds < minTimeLock)
    return [
      error(
        'below-floors',
        `The council is below the program’s floors (threshold ${minThreshold}, time lock ${duration(minTimeLock)}): no SIP takes effect.`,
        'Propose a config transaction that brings the council above them.',
      ),
    ];
  return [
    ok(
      'above-floors',
      `The program insists on threshold ${minThreshold} and time lock ${duration(minTimeLock)}.`,
    ),
  ];
}
