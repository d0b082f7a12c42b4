// The stand-in toolchain's arithmetic against this machine's: the same random sums on chain (LiteSVM) and in BigInt.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { address, getTransactionDecoder, lamports } from '@solana/kit';
import { Keypair, PublicKey, Transaction, TransactionInstruction } from '@solana/web3.js';
import fc from 'fast-check';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';
import { beforeAll, describe, expect, it } from 'vitest';

const ROW = 34;
const RESULT = 17;
/** Rows that fit one transaction of 1,232 bytes. */
const ROWS = 28;
/** Random rows per run. */
const BATCHES = 120;

interface Row {
  readonly type: number;
  readonly operation: number;
  readonly a: bigint;
  readonly b: bigint;
}

/** As in arithmetic/src/lib.rs, by number. */
const INTEGERS = [
  { name: 'u64', bits: 64, signed: false },
  { name: 'i64', bits: 64, signed: true },
  { name: 'u128', bits: 128, signed: false },
  { name: 'i128', bits: 128, signed: true },
  { name: 'u32', bits: 32, signed: false },
  { name: 'i32', bits: 32, signed: true },
  { name: 'u16', bits: 16, signed: false },
  { name: 'i8', bits: 8, signed: true },
] as const;
const FLOAT = 8;
const OPERATIONS = 15;
const FLOAT_OPERATIONS = 10;
const PLAIN_ADD = 15;
const PLAIN_MULTIPLY = 16;

function integer(
  { bits, signed }: (typeof INTEGERS)[number],
  { operation, a: wideA, b: wideB }: Row,
): bigint | undefined {
  const wrap = (x: bigint) => (signed ? BigInt.asIntN(bits, x) : BigInt.asUintN(bits, x));
  const low = signed ? -(1n << BigInt(bits - 1)) : 0n;
  const high = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const checked = (x: bigint) => (x < low || x > high ? undefined : x);
  const clamp = (x: bigint) => (x < low ? low : x > high ? high : x);
  const [a, b] = [wrap(wideA), wrap(wideB)];
  const n = BigInt.asUintN(32, wideB);
  const shift = n % BigInt(bits);
  const inRange = n < BigInt(bits);
  switch (operation) {
    case 0:
      return checked(a + b);
    case 1:
      return checked(a - b);
    case 2:
      return checked(a * b);
    case 3:
      return b === 0n ? undefined : checked(a / b);
    case 4:
      // The lowest number divided by -1 overflows, and so its remainder counts as overflowing too.
      return b === 0n || checked(a / b) === undefined ? undefined : a % b;
    case 5:
      return wrap(a * b);
    case 6:
      return inRange ? wrap(a << n) : undefined;
    case 7:
      return inRange ? a >> n : undefined;
    case 8:
      return wrap(a << shift);
    case 9:
      return a >> shift;
    case 10:
      return clamp(a - b);
    case 11:
      return clamp(a * b);
    case 12: {
      if (b === 0n || checked(a / b) === undefined) return undefined;
      const remainder = a % b;
      return remainder < 0n ? remainder + (b < 0n ? -b : b) : remainder;
    }
    case 13:
      return wrap(a < b ? 1n : 0n);
    case 14:
      return checked(a ** (n % 8n));
    default:
      return undefined;
  }
}

const view = new DataView(new ArrayBuffer(8));
function toFloat(bits: bigint): number {
  view.setBigUint64(0, BigInt.asUintN(64, bits));
  return view.getFloat64(0);
}
function toBits(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

function float({ operation, a, b }: Row): bigint {
  const [x, y] = [toFloat(a), toFloat(b)];
  /** Rust's `as`: towards zero, to the nearest the type has, NaN is 0. */
  const saturate = (low: bigint, high: bigint) => {
    if (Number.isNaN(x)) return 0n;
    if (x <= Number(low)) return low;
    return x >= Number(high) ? high : BigInt(Math.trunc(x));
  };
  switch (operation) {
    case 0:
      return toBits(x + y);
    case 1:
      return toBits(x - y);
    case 2:
      return toBits(x * y);
    case 3:
      return toBits(x / y);
    case 4:
      return x < y ? 1n : 0n;
    case 5:
      return x >= y ? 1n : 0n;
    case 6:
      return saturate(0n, (1n << 64n) - 1n);
    case 7:
      return BigInt.asUintN(32, saturate(-(1n << 31n), (1n << 31n) - 1n));
    case 8:
      return toBits(Number(BigInt.asUintN(64, a)));
    default:
      return toBits(Number(BigInt.asIntN(64, a)));
  }
}

/** What the program returns for a row: -1 for no result, else the value's 128 bits. */
function expected(row: Row): bigint {
  const type = INTEGERS[row.type];
  const value = type ? integer(type, row) : float(row);
  return value === undefined ? -1n : BigInt.asUintN(128, value);
}

/** Two NaNs are the same result whatever their payload. */
function isNaNResult(row: Row, value: bigint): boolean {
  return row.type === FLOAT && (row.operation < 4 || row.operation > 7) && Number.isNaN(toFloat(value));
}

const describeRow = ({ type, operation, a, b }: Row) =>
  `${INTEGERS[type]?.name ?? 'f64'} operation ${operation} of ${a} and ${b}`;

let svm: LiteSVM;
let program: PublicKey;
const payer = Keypair.generate();

function send(rows: readonly Row[]): Uint8Array | string {
  const data = Buffer.alloc(rows.length * ROW);
  rows.forEach(({ type, operation, a, b }, i) => {
    data[i * ROW] = type;
    data[i * ROW + 1] = operation;
    [a, b].forEach((wide, k) => {
      data.writeBigUInt64LE(BigInt.asUintN(64, wide), i * ROW + 2 + 16 * k);
      data.writeBigUInt64LE(BigInt.asUintN(64, wide >> 64n), i * ROW + 10 + 16 * k);
    });
  });
  const transaction = new Transaction().add(
    new TransactionInstruction({ programId: program, keys: [], data }),
  );
  transaction.recentBlockhash = svm.latestBlockhash();
  transaction.feePayer = payer.publicKey;
  transaction.sign(payer);
  const result = svm.sendTransaction(getTransactionDecoder().decode(transaction.serialize()));
  svm.expireBlockhash();
  return result instanceof FailedTransactionMetadata
    ? result.meta().logs().join('\n')
    : result.returnData().data();
}

function results(rows: readonly Row[]): bigint[] {
  const data = send(rows);
  if (typeof data === 'string') throw new Error(`the program failed:\n${data}`);
  // The runtime cuts zeros off the end of return data.
  const whole = Buffer.alloc(rows.length * RESULT);
  whole.set(data);
  return rows.map((_, i) => {
    const at = i * RESULT;
    if (whole[at] === 0) return -1n;
    return whole.readBigUInt64LE(at + 1) | (whole.readBigUInt64LE(at + 9) << 64n);
  });
}

/** Numbers where mistakes hide: around zero, powers of two and the types' ends, besides evenly spread ones. */
const operand = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  fc.bigInt({ min: 0n, max: 255n }),
  fc
    .tuple(fc.integer({ min: 0, max: 128 }), fc.bigInt({ min: -2n, max: 2n }), fc.boolean())
    .map(([power, off, negative]) =>
      BigInt.asUintN(128, ((1n << BigInt(power)) + off) * (negative ? -1n : 1n)),
    ),
);
const double = fc.oneof(
  fc.double().map(toBits),
  fc.bigInt({ min: -(1n << 53n), max: 1n << 53n }).map((x) => toBits(Number(x))),
);
const integerRow = fc.record({
  type: fc.integer({ min: 0, max: INTEGERS.length - 1 }),
  operation: fc.integer({ min: 0, max: OPERATIONS - 1 }),
  a: operand,
  b: operand,
});
const floatRow = fc.record({
  type: fc.constant(FLOAT),
  operation: fc.integer({ min: 0, max: FLOAT_OPERATIONS - 1 }),
  a: double,
  b: double,
});
const rows = fc.array(fc.oneof({ weight: 4, arbitrary: integerRow }, floatRow), {
  minLength: ROWS,
  maxLength: ROWS,
});

describe('the stand-in SBF toolchain', () => {
  beforeAll(() => {
    const args = ['tools/programs.mjs', 'sbf-arithmetic', '--output', 'json'];
    const said = execFileSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [binary] = JSON.parse(said) as { id: string; path: string }[];
    if (!binary) throw new Error('tools/programs.mjs named no binary');
    program = new PublicKey(binary.id);
    svm = new LiteSVM();
    svm.addProgram(address(binary.id), readFileSync(binary.path));
    svm.airdrop(address(payer.publicKey.toBase58()), lamports(10_000_000_000n));
  }, 600_000);

  it('computes what this machine computes, on random numbers of every width', () => {
    const seed = Number(process.env.SBF_SEED ?? Math.floor(Math.random() * 2 ** 31));
    process.stderr.write(`sbf arithmetic: seed ${seed} (SBF_SEED repeats it), ${BATCHES * ROWS} sums\n`);
    fc.assert(
      fc.property(rows, (batch) => {
        results(batch).forEach((value, i) => {
          const row = batch[i] as Row;
          const wanted = expected(row);
          if (isNaNResult(row, value) && isNaNResult(row, wanted)) return;
          expect(value, describeRow(row)).toBe(wanted);
        });
      }),
      { seed, numRuns: BATCHES },
    );
  });

  it.each(INTEGERS.map((type, index) => ({ ...type, index })))(
    'ends the program where $name overflows',
    (type) => {
      const high = (1n << BigInt(type.signed ? type.bits - 1 : type.bits)) - 1n;
      const row = (operation: number, a: bigint, b: bigint): Row => ({ type: type.index, operation, a, b });
      expect(results([row(PLAIN_ADD, high - 1n, 1n)])).toEqual([high]);
      expect(send([row(PLAIN_ADD, high, 1n)])).toContain('panicked');
      expect(send([row(PLAIN_MULTIPLY, high, 2n)])).toContain('panicked');
    },
  );
});
