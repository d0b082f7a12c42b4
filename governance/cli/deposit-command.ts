import type { Signer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import type { RestakingPool } from '#governance/restaking/accounts.ts';
import type { Address, Pins } from '#governance/types.ts';
import type { VenuePorts } from '#governance/venues/squads/outcome.ts';
import { type AnyCommand, defineCommand } from './command.ts';
import type { Context } from './context.ts';
import { count } from './json.ts';
import type { Paper } from './paper.ts';
import { amountText } from './render/words.ts';
import { openSigner, seatKey } from './signers.ts';

/** restake and unrestake: the same question in two directions. */

const OPTIONS = {
  lst: { flags: '--lst <symbol|mint>', help: 'the liquid staking token, by symbol or mint address' },
  amount: { flags: '--amount <decimal>', help: 'in whole tokens, such as 1.5' },
} as const;

export const restakeCommand: AnyCommand = defineCommand({
  name: 'restake',
  summary: 'Deposit an LST into its restaking pool, in the active epoch',
  details:
    'An epoch by invitation also takes the gatekeeper’s signature: --gatekeeper with its keypair file, or the seat "gatekeeper" of the embedded network. Receipts stay frozen until the council makes them transferable.',
  options: {
    ...OPTIONS,
    gatekeeper: { flags: '--gatekeeper <file|seat>', help: 'who co-signs in an epoch by invitation' },
  },
  examples: [
    ['restake --lst JupSOL --amount 1.5', 'in an open epoch'],
    ['restake --lst JitoSOL --amount 1 --gatekeeper gatekeeper', 'by invitation, on the embedded network'],
  ],
  async run(context, _, options) {
    const { restake } = await import('#governance/operations/deposits.ts');
    const gatekeeper =
      options.gatekeeper === undefined ? undefined : await gatekeeperOf(context, options.gatekeeper);
    return move(context, options, 'restake', (ports, base) =>
      restake(ports, gatekeeper ? { ...base, gatekeeper } : base, context.venueOptions()),
    );
  },
});

export const unrestakeCommand: AnyCommand = defineCommand({
  name: 'unrestake',
  summary: 'Burn receipts and take the LST back',
  details:
    'Needs no active epoch, and is never paused. Possible while withdrawals are open, and always from a retired pool.',
  options: OPTIONS,
  examples: [['unrestake --lst JupSOL --amount 1.5', 'take 1.5 JupSOL out']],
  async run(context, _, options) {
    const { unrestake } = await import('#governance/operations/deposits.ts');
    return move(context, options, 'unrestake', (ports, base) =>
      unrestake(ports, base, context.venueOptions()),
    );
  },
});

interface Base {
  readonly pins: Pins;
  readonly owner: Signer;
  readonly lstMint: Address;
  readonly amountBaseUnits: bigint;
}
type Move = (
  ports: VenuePorts,
  base: Base,
) => ReturnType<typeof import('#governance/operations/deposits.ts').restake>;

async function move(
  context: Context,
  { lst, amount }: { readonly lst: string | undefined; readonly amount: string | undefined },
  what: 'restake' | 'unrestake',
  run: Move,
) {
  if (lst === undefined) throw new SipError('USAGE', { detail: 'say which LST with --lst' });
  if (amount === undefined) throw new SipError('USAGE', { detail: 'say how much with --amount' });
  const pins = await context.pins();
  const { reviewedSigner } = await import('#governance/operations/reviewed-signer.ts');
  const owner = reviewedSigner(await context.signer('depositor'), pins);
  return context.sending(async (ports) => {
    const before = await poolOf(context, ports, pins, lst);
    const amountBaseUnits = await baseUnits(amount, before);
    const shown = `${amountText(amountBaseUnits, before.decimals)} ${before.symbol}`;
    await context.confirm(`${what} ${shown}`);
    context.stage(`${what} ${shown}`);
    const outcome = await run(ports, { pins, owner, lstMint: before.lstMint, amountBaseUnits });
    if (outcome.kind === 'not-done') throw outcome.error;
    const { deposited, cap } = await poolOf(context, ports, pins, before.lstMint);
    const { signature, slot, computeUnits } = outcome;
    const { symbol, decimals, lstMint, rstMint } = before;
    return {
      json: {
        symbol,
        mint: lstMint,
        receiptMint: rstMint,
        amountBaseUnits,
        depositedBaseUnits: deposited,
        signature,
        slot: count(slot),
        computeUnits: computeUnits === null ? null : count(computeUnits),
      },
      text: (paper: Paper) => {
        const done = what === 'restake' ? 'Deposited' : 'Withdrew';
        paper.line(
          `${done} ${paper.paint.bold(shown)}; ${what === 'restake' ? 'as many receipts were minted' : 'as many receipts were burnt'}.`,
        );
        paper.pairs([
          ['  mint', lstMint],
          ['  in the pool', `${amountText(deposited, decimals)} ${symbol}, cap ${amountText(cap, decimals)}`],
          ['  signature', signature],
        ]);
      },
    };
  });
}

/** @throws SipError LST_NOT_WHITELISTED, USAGE where a symbol names two pools */
async function poolOf(
  context: Context,
  { rpc }: VenuePorts,
  pins: Pins,
  lst: string,
): Promise<RestakingPool> {
  const { readProgramState } = await import('#governance/restaking/state.ts');
  const { accounts } = await readProgramState(rpc, pins.programId);
  const pools = [...accounts.RestakingPool.values()];
  const byMint = pools.find(({ lstMint }) => lstMint === lst);
  if (byMint) return byMint;
  const [first, second] = pools.filter(({ symbol }) => symbol.toLowerCase() === lst.toLowerCase());
  if (first && second)
    throw new SipError('USAGE', {
      detail: `"${lst}" names the mints ${first.lstMint} and ${second.lstMint}: give the mint`,
    });
  if (first) return first;
  const { sandbox } = await context.deployment();
  throw new SipError('LST_NOT_WHITELISTED', {
    mint: sandbox?.lsts.find(({ symbol }) => symbol === lst)?.mint ?? lst,
  });
}

async function baseUnits(amount: string, { symbol, decimals }: RestakingPool): Promise<bigint> {
  const { parseAmount } = await import('#governance/actions/values.ts');
  const value = /^\d{1,20}(?:\.\d+)?$/.test(amount) ? parseAmount(amount, decimals) : null;
  if (value === null || value === 0n)
    throw new SipError('USAGE', {
      detail: `--amount "${amount}" is no amount of ${symbol}, which has ${decimals} decimals`,
    });
  return value;
}

/** A seat of the embedded network by its name, else a keypair file. */
async function gatekeeperOf(context: Context, named: string): Promise<Signer> {
  const { sandbox } = await context.deployment();
  const path =
    sandbox !== null && named === 'gatekeeper' ? seatKey(sandbox, named).keypairPath : context.path(named);
  return openSigner(path);
}
