import { PublicKey } from '@solana/web3.js';
import { beforeAll, describe, expect, it } from 'vitest';
import idl from '#governance/restaking/generated/restaking.json' with { type: 'json' };
import type { Address } from '#governance/types.ts';
import { active, deposit, whitelisted } from './support/epochs.ts';
import { PROGRAM_ID } from './support/ids.ts';
import { unrestake, whitelistOperator } from './support/instructions.ts';
import { depositor } from './support/lst.ts';
import { readmeTable } from './support/readme.ts';
import { bind } from './support/token.ts';
import { voteAccount } from './support/vote.ts';
import { addressOf, freshAddress, pdas, succeeded, World } from './support/world.ts';

/** The tables of programs/restaking/README.md against the IDL and the accounts on chain. */

describe('the table of errors', () => {
  it('is the IDL’s', () => {
    const rows = readmeTable('Errors').map(({ Number: code, Name: name, Message: msg }) => ({
      code: Number(code),
      name,
      msg,
    }));
    expect(rows).toEqual(idl.errors);
  });

  it('counts on from 6000 without a gap', () => {
    expect(idl.errors.map(({ code }) => code)).toEqual(idl.errors.map((_, at) => 6_000 + at));
  });
});

describe('the table of instructions', () => {
  const rows = readmeTable('Instructions');

  it('names each once', () => {
    const names = rows.map(({ Instruction: name = '' }) => name.replaceAll('`', ''));
    expect(names.sort()).toEqual(idl.instructions.map(({ name }) => name).sort());
  });

  it('says SIP where a record is taken, and only there', () => {
    const bySip = rows.filter(({ By: by }) => by === 'SIP').map(({ Instruction: name = '' }) => name);
    const takes = idl.instructions
      .filter(({ accounts }) => accounts.some(({ name }) => name === 'sip_record'))
      .map(({ name }) => `\`${name}\``);
    expect(bySip.sort()).toEqual(takes.filter((name) => name !== '`begin_sip`').sort());
  });
});

describe('the table of accounts', () => {
  const rows = new Map(readmeTable('Accounts').map((row) => [row.Account, row]));
  const bytes = (account: string) => Number(rows.get(account)?.Bytes);
  let w: World;
  let accounts: Readonly<Record<string, Address>>;
  let values: Readonly<Record<string, Uint8Array>>;
  let owner: ReturnType<typeof depositor>;
  let lst: ReturnType<typeof whitelisted>;

  beforeAll(() => {
    w = new World();
    lst = whitelisted(w);
    const vote = voteAccount(w.chain);
    w.done(whitelistOperator(w, vote, 'Marinade', freshAddress()));
    const index = active(w, [lst], { withdrawals: true });
    owner = depositor(w.chain, lst, 10n);
    succeeded(deposit(w, owner, lst, 10n));
    bind(w.chain, lst, addressOf(owner.publicKey), 1n, 1n);
    accounts = {
      Config: pdas.config,
      SipRecord: pdas.sipRecord(2),
      RestakingPool: lst.pool,
      'RST mint': lst.rstMint,
      Epoch: pdas.epoch(index),
      EpochCap: pdas.epochCap(index, lst.pool),
      Operator: pdas.operator(vote),
      Position: pdas.position(lst.pool, addressOf(owner.publicKey)),
    };
    const key = (address: Address) => new PublicKey(address).toBytes();
    values = {
      'number u32': Uint8Array.of(2, 0, 0, 0),
      'index u16': Uint8Array.of(index, 0),
      lst_mint: key(lst.mint),
      pool: key(lst.pool),
      vote_account: key(vote),
      owner: owner.publicKey.toBytes(),
    };
  });

  it('names each account of the IDL', () => {
    const names = [...rows.keys()].filter((name) => name !== 'RST mint' && name !== 'Position');
    expect(names.sort()).toEqual(idl.accounts.map(({ name }) => name).sort());
    expect([...rows.keys()].sort()).toEqual(Object.keys(accounts).sort());
  });

  it('has the sizes on chain', () => {
    const sizes = Object.entries(accounts).map(([name, at]) => [name, w.chain.account(at)?.data.length]);
    expect(sizes).toEqual(sizes.map(([name]) => [name, bytes(String(name))]));
  });

  it('has the size of a position that the program reads, to the byte', () => {
    const position = accounts.Position as Address;
    const leave = () => {
      const instruction = unrestake(addressOf(owner.publicKey), lst, 1n);
      return w.chain.send([instruction], [owner]).error;
    };
    const data = w.chain.account(position)?.data ?? new Uint8Array();
    w.chain.setAccount(position, PROGRAM_ID, data.slice(0, bytes('Position') - 1));
    expect(leave()).toBe('anchor:AccountDidNotDeserialize');
    w.chain.setAccount(position, PROGRAM_ID, data);
    expect(leave()).toBe('');
  });

  it('has the seeds of the client', () => {
    for (const [name, at] of Object.entries(accounts)) {
      const seeds = (rows.get(name)?.Seeds ?? '').split(', ').map((seed) => {
        const text = /^`"(.+)"`$/.exec(seed)?.[1];
        return text === undefined ? (values[seed] as Uint8Array) : new TextEncoder().encode(text);
      });
      const [pda] = PublicKey.findProgramAddressSync(seeds, new PublicKey(PROGRAM_ID));
      expect([name, addressOf(pda)]).toEqual([name, at]);
    }
  });
});
