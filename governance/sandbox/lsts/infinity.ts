import { PublicKey } from '@solana/web3.js';
import { Layout } from '../layout.ts';
import { dataAccount, type SeedAccount } from '../seed-account.ts';
import { lstNamed, type OtherAsset } from './fixtures.ts';

// Layouts and addresses: Sanctum's published description of the S controller (schema version 1).
const PRICING_PROGRAM = new PublicKey('s1b6NRXj6ygNu1QMKXh2H9LUR2aPApAAm1UQ2DjdhNV');
const SPL_CALCULATOR = new PublicKey('sp1V4h2gWorkGhVcazBc22Hfo2f5sd7jcjT4EDPrWFF');
const MARINADE_CALCULATOR = new PublicKey('mare3SCyfZkAndpBRBeonETmkCCB3TJTTrz8ZN2dnhP');
const SCHEMA_VERSION = 1;

/** PDA("state"), also the mint authority of INF. */
export const INFINITY_STATE = new PublicKey('AYhux5gJzCoeoc1PoJ1VxwPDe22RwcvpHviLDD1oCGvW');
/** PDA("lst-state-list") */
export const INFINITY_LST_LIST = new PublicKey('Gb7m4daakbVbrFLR33FKMDVMHAprRZ66CSYt4bpFwUgS');

/** What the seeded pool holds, each an equal part of its value; bumps of the reserve and of the fee accumulator. */
const HOLDINGS = [
  { symbol: 'bSOL', calculator: SPL_CALCULATOR, reserveBump: 255, feeBump: 252 },
  { symbol: 'JitoSOL', calculator: SPL_CALCULATOR, reserveBump: 255, feeBump: 254 },
  { symbol: 'mSOL', calculator: MARINADE_CALCULATOR, reserveBump: 254, feeBump: 255 },
];

/** Infinity's state and LST list, so that a reader can compute INF's rate (total SOL value / supply); its program is not there. */
export function infinityAccounts(inf: OtherAsset, admin: PublicKey): readonly SeedAccount[] {
  const pool = new Layout()
    .u64(inf.totalLamports)
    .u16(1_000) // trading protocol fee, basis points of the fee
    .u16(1_000) // LP protocol fee
    .u8(SCHEMA_VERSION)
    .u8(0) // not disabled
    .u8(0) // not rebalancing
    .u8(0)
    .key(admin)
    .key(admin) // rebalance authority
    .key(admin) // protocol fee beneficiary
    .key(PRICING_PROGRAM)
    .key(inf.mint);
  return [
    dataAccount(INFINITY_STATE, inf.poolProgram, pool.end()),
    dataAccount(INFINITY_LST_LIST, inf.poolProgram, listData(inf)),
  ];
}

function listData(inf: OtherAsset): Uint8Array {
  const share = inf.totalLamports / BigInt(HOLDINGS.length);
  const list = new Layout();
  HOLDINGS.forEach(({ symbol, calculator, reserveBump, feeBump }, i) => {
    const { mint } = lstNamed(symbol);
    const rest = inf.totalLamports - share * BigInt(HOLDINGS.length - 1);
    list
      .u8(0) // input enabled
      .u8(reserveBump)
      .u8(feeBump)
      .zeros(5)
      .u64(i === 0 ? rest : share)
      .key(mint)
      .key(calculator);
  });
  return list.end();
}
