#!/usr/bin/env node
// Writes the address that programs/restaking is compiled for, before a real cluster's `anchor build`:
// `node tools/program-id.mjs KEYPAIR.json|ADDRESS [--out FILE]`. The development key is in the file as committed.
import fs from 'node:fs';
import path from 'node:path';
import { entry, Failure } from './lib/failure.mjs';
import { readJson, writeWhole } from './lib/files.mjs';
import { inProject } from './lib/paths.mjs';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const DEVELOPMENT = '3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6';

function base58(bytes) {
  let text = '';
  for (let n = BigInt(`0x${Buffer.from(bytes).toString('hex')}`); n > 0n; n /= 58n)
    text = ALPHABET[Number(n % 58n)] + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros === -1 ? bytes.length : zeros) + text;
}

/** The 32 bytes of an address, or undefined where the text is none. */
function addressBytes(text) {
  if (![...text].every((letter) => ALPHABET.includes(letter))) return undefined;
  let n = 0n;
  for (const letter of text) n = n * 58n + BigInt(ALPHABET.indexOf(letter));
  const hex = n.toString(16).padStart(64, '0');
  if (hex.length !== 64) return undefined;
  const bytes = Buffer.from(hex, 'hex');
  return base58(bytes) === text ? bytes : undefined;
}

/** The public half of a keypair file (64 numbers), or the address itself. */
function addressOf(given) {
  if (addressBytes(given)) return given;
  if (!fs.existsSync(given)) throw new Failure(`${given} is neither an address nor a file.`, { exit: 2 });
  const bytes = readJson(given);
  const isByte = (x) => Number.isInteger(x) && x >= 0 && x < 256;
  if (!Array.isArray(bytes) || bytes.length !== 64 || !bytes.every(isByte)) {
    throw new Failure(`${given} is no keypair file: 64 numbers in a JSON array.`, { exit: 2 });
  }
  return base58(bytes.slice(32));
}

await entry((argv) => {
  const at = argv.indexOf('--out');
  const out =
    at === -1 ? inProject('programs/restaking/src/id.rs') : path.resolve(argv.splice(at, 2)[1] ?? '');
  if (argv.length !== 1)
    throw new Failure('Usage: node tools/program-id.mjs KEYPAIR.json|ADDRESS [--out FILE]', { exit: 2 });
  const address = addressOf(argv[0]);
  const comment =
    address === DEVELOPMENT
      ? "//! The program's address. Written by tools/program-id.mjs for a real cluster; this one is the development key,\n" +
        '//! made from the public seed SHA-256("solayer-council development program") and worthless.\n'
      : "//! The program's address, written by tools/program-id.mjs.\n";
  writeWhole(out, `${comment}anchor_lang::declare_id!("${address}");\n`);
  process.stdout.write(`${address}\n`);
});
