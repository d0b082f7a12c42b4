import type { PublicKey } from '@solana/web3.js';

/** Appends little-endian fields in the order of an on-chain layout. */
export class Layout {
  private readonly parts: Uint8Array[] = [];

  u8 = (value: number | boolean): this => this.integer(BigInt(value), 1);
  u16 = (value: number): this => this.integer(BigInt(value), 2);
  u32 = (value: number): this => this.integer(BigInt(value), 4);
  u64 = (value: bigint | number): this => this.integer(BigInt(value), 8);
  /** Two's complement. */
  i64 = (value: bigint): this => this.integer(BigInt.asUintN(64, value), 8);
  zeros = (length: number): this => this.bytes(new Uint8Array(length));
  key = (key: PublicKey): this => this.bytes(key.toBytes());

  bytes = (bytes: Uint8Array): this => {
    this.parts.push(bytes);
    return this;
  };

  /** All fields so far, followed by zeros up to `length` when given. */
  end(length?: number): Uint8Array {
    const used = this.parts.reduce((sum, part) => sum + part.length, 0);
    if (length !== undefined && used > length) throw new RangeError(`${used} bytes do not fit ${length}`);
    const whole = new Uint8Array(length ?? used);
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  private integer(value: bigint, length: number): this {
    if (value < 0n || value >= 1n << BigInt(8 * length))
      throw new RangeError(`${value} does not fit ${length} bytes`);
    const bytes = new Uint8Array(length);
    for (let i = 0, rest = value; i < length; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
    return this.bytes(bytes);
  }
}
