// Which program binaries there are and what each is built from.
import fs from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../lib/hash.mjs';
import { inProject } from '../lib/paths.mjs';

/**
 * Programs that share a Cargo.lock and are built by one command.
 * @typedef {object} Group
 * @property {string} name
 * @property {string} manifest absolute path of the Cargo.toml that is built
 * @property {() => string[]} sources absolute paths of all files that the binaries depend on
 * @property {Program[]} programs
 * @property {boolean} [onlyByName] left out unless asked for
 *
 * @typedef {object} Program
 * @property {string} name as the rest of the project calls it
 * @property {() => string} id address at which it runs, base58
 * @property {string} crate package name @property {string} [version] exact, of a crate from the registry
 * @property {string} binary file name that cargo gives it
 */

const ours = ['Cargo.toml', 'Cargo.lock', 'programs/restaking/Cargo.toml', 'programs/restaking/src'];

/** The address that programs/restaking is compiled for. */
function restakingId() {
  const text = fs.readFileSync(inProject('programs/restaking/src/id.rs'), 'utf8');
  return /declare_id!\("([1-9A-HJ-NP-Za-km-z]{32,44})"\)/.exec(text)[1];
}

const foreign = (folder) => inProject('tools/programs/foreign', folder);
const fixed = (id) => () => id;

/** In the order in which they are built: what seldom changes comes first.
 *  @type {readonly Group[]} */
export const GROUPS = [
  {
    name: 'squads-governance',
    manifest: path.join(foreign('squads-governance'), 'Cargo.toml'),
    sources: () => filesBelow([foreign('squads-governance')]),
    programs: [
      {
        name: 'squads',
        id: fixed('SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf'),
        crate: 'squads-multisig-program',
        version: '2.0.0',
        binary: 'squads_multisig_program.so',
      },
      {
        name: 'spl-governance',
        // The instance that Realms runs; the crate's own declare_id is another one and isn't checked.
        id: fixed('GovER5Lthms3bLBqWub97yVrMmEogzX7xNjdXpPPCVZw'),
        crate: 'spl-governance',
        version: '4.0.0',
        binary: 'spl_governance.so',
      },
    ],
  },
  {
    name: 'stake-pool',
    manifest: path.join(foreign('stake-pool'), 'Cargo.toml'),
    sources: () => filesBelow([foreign('stake-pool')]),
    programs: [
      {
        name: 'spl-stake-pool',
        id: fixed('SPoo1Ku8WFXoNDMHPsrGSTSG1Y47rzgn41SLUNakuHy'),
        crate: 'spl-stake-pool',
        version: '2.2.0',
        binary: 'spl_stake_pool.so',
      },
    ],
  },
  {
    name: 'restaking',
    manifest: inProject('programs/restaking/Cargo.toml'),
    sources: () => filesBelow(ours.map((name) => inProject(name))),
    programs: [{ name: 'restaking', id: restakingId, crate: 'restaking', binary: 'restaking.so' }],
  },
  {
    name: 'sbf-arithmetic',
    onlyByName: true,
    manifest: inProject('tools/sbf/arithmetic/Cargo.toml'),
    sources: () => filesBelow([inProject('tools/sbf/arithmetic')]),
    programs: [
      {
        name: 'sbf-arithmetic',
        // Any address will do; it is loaded by a test only.
        id: fixed('Ar1thmet1c1111111111111111111111111111111111'),
        crate: 'sbf-arithmetic',
        binary: 'sbf_arithmetic.so',
      },
    ],
  },
];
