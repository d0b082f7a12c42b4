#!/usr/bin/env node
// Links one BPF object (llc's output) into a Solana program: `sbf-ld.mjs IN.o OUT.so`.
import fs from 'node:fs';
import { buildImage, LinkError } from './image.mjs';
import { readObject } from './object.mjs';
import { writeShared } from './shared.mjs';

const ENTRY = 'entrypoint';
const [, , input, output] = process.argv;
try {
  fs.writeFileSync(output, writeShared(buildImage(readObject(fs.readFileSync(input)), ENTRY), ENTRY));
} catch (error) {
  if (!(error instanceof LinkError)) throw error;
  console.error(`sbf-ld: ${error.message}`);
  process.exitCode = 1;
}
