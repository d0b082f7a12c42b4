import { TOKEN_PROGRAMS } from '../../restaking/pdas.ts';
import { type CheckContext, error, type Finding, warning } from '../action.ts';
import { kindOfAccount } from '../common.ts';
import { parseAmount } from '../values.ts';
import type { WhitelistLst } from './index.ts';

/** SPL mint layout: mint authority option at 0, supply at 36, decimals at 44, freeze authority option at 46. */
const MINT_LEN = 82;
const SUPPLY = 36;
const DECIMALS = 44;
const INITIALIZED = 45;
const FREEZE_OPTION = 46;
/** A Token-2022 mint with extensions says what it is here: 1 = mint, 2 = token account. */
const ACCOUNT_TYPE = 165;
const TOKEN_ACCOUNT_LEN = 165;

/** What the program will check when it runs, and what reviewers should know. */
export async function checkMint(p: WhitelistLst, context: CheckContext): Promise<readonly Finding[]> {
  if (context.view('RestakingPool', context.pdas.pool(p.mint))) {
    return [
      error(
        'already-whitelisted',
        `${p.symbol} (${p.mint}) has a pool already`,
        'Change it with set-pool-cap or set-pool-status.',
      ),
    ];
  }
  const account = await kindOfAccount(context.reader, p.mint);
  if (!account)
    return [
      error(
        'mint-missing',
        `there is no account at ${p.mint} on this cluster`,
        'Check the address and the profile’s cluster.',
      ),
    ];
  const programs = Object.entries(TOKEN_PROGRAMS);
  const owner = programs.find(([, id]) => id === account.owner)?.[0];
  if (!owner)
    return [
      error(
        'not-a-mint',
        `${p.mint} belongs to ${account.owner}, which is no token program: it is not a mint`,
        'Give the token’s mint address.',
      ),
    ];
  if (!isMint(account.data))
    return [
      error('not-a-mint', `${p.mint} is a token account, not a mint`, 'Give the token’s mint address.'),
    ];
  return [...compare(p, owner, account.data)];
}

function isMint(data: Uint8Array): boolean {
  if (data.length === TOKEN_ACCOUNT_LEN || data.length < MINT_LEN || data[INITIALIZED] !== 1) return false;
  return data.length === MINT_LEN || data[ACCOUNT_TYPE] === 1;
}

function* compare(p: WhitelistLst, owner: string, data: Uint8Array): Generator<Finding> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (owner !== p['token-program']) {
    yield error(
      'token-program-mismatch',
      `${p.symbol} belongs to the program ${owner}`,
      `Write token-program: ${owner}.`,
    );
  }
  if (data[DECIMALS] !== p.decimals) {
    yield error(
      'decimals-mismatch',
      `the mint has ${data[DECIMALS]} decimals, the SIP says ${p.decimals}`,
      `Write decimals: ${data[DECIMALS]}.`,
    );
  }
  const freezes = view.getUint32(FREEZE_OPTION, true) !== 0;
  if (freezes && !p['allow-freeze-authority']) {
    yield error(
      'freeze-authority',
      `the mint of ${p.symbol} has a freeze authority`,
      'Have it removed, or state allow-freeze-authority: true and justify it in Security Considerations.',
    );
  }
  if (!freezes && p['allow-freeze-authority']) {
    yield warning(
      'freeze-authority-absent',
      `the mint of ${p.symbol} has no freeze authority; allow-freeze-authority is not needed`,
      'Leave it out.',
    );
  }
  if (data.length > MINT_LEN) {
    yield warning(
      'mint-extensions',
      `the mint of ${p.symbol} has Token-2022 extensions; the program accepts metadata and group extensions only`,
      'Look at them before proposing: any other makes the execution fail.',
    );
  }
  const supply = view.getBigUint64(SUPPLY, true);
  const cap = parseAmount(p.cap, p.decimals);
  if (cap !== null && p.cap !== 'unlimited' && cap > supply) {
    yield warning(
      'cap-above-supply',
      `the cap of ${p.cap} ${p.symbol} is above the present supply`,
      'A cap above the supply limits nothing.',
    );
  }
}
