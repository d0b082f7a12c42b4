import { readFileSync } from 'node:fs';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';
import { switches } from '../switches.ts';
import { SWITCH } from './weave.ts';

/** Loaded before the program's tests: hands the switched-on mutant to the chain, and notes which places are come by. */

const places = new Map(JSON.parse(readFileSync(process.env.SIP_MUTANTS!, 'utf8')) as [string, string[]][]);
switches.mutantCoverage ??= { static: {}, perTest: {} };
const coverage = switches.mutantCoverage;
const measuring = process.env.SIP_MUTANTS_MEASURED !== undefined;

function note(logs: readonly string[]): void {
  const test = switches.currentTestId;
  if (test !== undefined) coverage.perTest[test] ??= {};
  const counts = test === undefined ? coverage.static : coverage.perTest[test]!;
  for (const log of logs) {
    const place = log.split(SWITCH.mark)[1];
    for (const id of (place !== undefined && places.get(place)) || []) counts[id] = (counts[id] ?? 0) + 1;
  }
}

const send = LiteSVM.prototype.sendTransaction;
LiteSVM.prototype.sendTransaction = function (transaction) {
  const clock = this.getClock();
  clock.leaderScheduleEpoch = measuring ? SWITCH.show : BigInt(switches.activeMutant ?? 0);
  this.setClock(clock);
  const result = send.call(this, transaction);
  if (measuring) note((result instanceof FailedTransactionMetadata ? result.meta() : result).logs());
  return result;
};
const create = LiteSVM.prototype.addProgramFromFile;
LiteSVM.prototype.addProgramFromFile = function (...args) {
  // A log that is cut short says less than it came by.
  if (measuring) this.withLogBytesLimit(undefined);
  return create.apply(this, args);
};
