import { parseArgs } from 'node:util';
import { isMainThread, workerData } from 'node:worker_threads';
import { runAll } from './all.ts';
import { ATTACKS } from './attacks.ts';
import { resultText, runAttack, serveSlices } from './run.ts';

const USAGE = `npm run attack:NAME -- [--n COUNT] [--from AT] [--seed S] [--json]
  --n     how many tries (those of a full run if left out; a matrix is always whole)
  --from  number of the first try, where the ones before it have been made: a full run in pieces
  --seed  of everything that is drawn by lot (1 if left out)
  --json  one document on one line
npm run attack -- [--seed S] [--again]
  every attack in full, going on where the last run ended; --again starts anew
`;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        n: { type: 'string' },
        from: { type: 'string', default: '0' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        again: { type: 'boolean', default: false },
      },
    });
    const [name] = positionals;
    const count = values.n === undefined ? undefined : Number(values.n);
    const known = name !== undefined && (name === 'all' || Object.hasOwn(ATTACKS, name));
    if (
      positionals.length !== 1 ||
      !known ||
      ![values.seed, values.from].every((one) => /^\d{1,9}$/.test(one))
    )
      return undefined;
    if (count !== undefined && (!Number.isSafeInteger(count) || count < 1)) return undefined;
    const [seed, from] = [Number(values.seed), Number(values.from)];
    return { name, count, from, seed, json: values.json, again: values.again };
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const asked = readArguments();
  if (asked === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  const script = new URL(import.meta.url);
  if (asked.name === 'all') return await runAll({ seed: asked.seed, again: asked.again, script, progress });
  const attack = await ATTACKS[asked.name]!();
  const { from } = asked;
  if (from % attack.slice !== 0 || (attack.fixed && from > 0)) {
    process.stderr.write(
      `--from: ${attack.fixed ? 'a matrix is always whole' : `a multiple of ${attack.slice}`}\n`,
    );
    return 2;
  }
  const tries = asked.count ?? Math.max(0, attack.full - from);
  const result = await runAttack(attack, { tries, from, seed: asked.seed, script, progress });
  process.stdout.write(asked.json ? `${JSON.stringify(result)}\n` : resultText(result));
  return result.held ? 0 : 1;
}

if (isMainThread) process.exit(await main());
else await serveSlices(workerData as string);
