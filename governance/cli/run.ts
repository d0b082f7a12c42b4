import { main } from './main.ts';

/** `sip` as a program of its own, without a launcher. */
process.exitCode = await main(process.argv.slice(2));
