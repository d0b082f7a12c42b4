import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { explainPosture } from '../render/council.ts';
import { explainCosts, explainSteps, pairsOf } from './setup-render.ts';
import { openDeployment, openRequest } from './setup-request.ts';
import { applyAndRemember } from './setup-run.ts';

const FILE = { name: 'FILE', help: 'what the deployment is to be: council, floors, roles (JSON)' } as const;
const OPTIONS = {
  programKeypair: {
    flags: '--program-keypair <file>',
    help: "the program's own key; on loopback the development key if left out",
  },
  programSo: {
    flags: '--program-so <file>',
    help: 'the program, built for that key; on loopback the one built here if left out',
  },
} as const;

export const command = defineCommand({
  name: 'setup',
  summary: 'Bring the program to a cluster: deploy, council, initialize, upgrade authority, vault',
  details:
    'In this order: deploy the program, create the council, initialize the program, give the upgrade authority to the council’s vault, fund the vault. Each step is looked up on chain first, so that the command can be interrupted and run again. The key of --keypair pays and is the upgrade authority until the vault is.',
  examples: [
    [
      'setup plan setup.json -u d -k deployer.json --program-keypair p.json --program-so p.so',
      'sends nothing',
    ],
    ['setup apply setup.json -u l -k deployer.json', 'to a test validator of this computer'],
    ['setup status -u m --program-id s…', 'what is done, and what is still hot'],
  ],
  subcommands: [
    defineCommand({
      name: 'plan',
      summary: 'Show what would be done, by whom, and what it costs; sends nothing',
      args: { file: FILE },
      options: OPTIONS,
      examples: [['setup plan setup.json -u l -k deployer.json', 'addresses, transactions, lamports']],
      async run(context, { file }, options) {
        const { prepared } = await openRequest(context, file, options);
        const { planSetup } = await import('#governance/setup/plan.ts');
        context.stage('reading the chain');
        const price = context.venueOptions().computeUnitPriceMicroLamports;
        const plan = await planSetup(await context.rpc(), prepared, price);
        const short = plan.balanceLamports < plan.neededLamports;
        const mismatch = plan.steps.some(({ state }) => state === 'mismatch');
        return {
          json: {
            ...pairsOf(prepared, plan.facts),
            steps: plan.steps,
            costs: plan.costs,
            neededLamports: plan.neededLamports,
            balanceLamports: plan.balanceLamports,
            enough: !short,
          },
          text(paper) {
            paper.pairs(Object.entries(pairsOf(prepared, plan.facts)));
            paper.line();
            explainSteps(paper, plan.steps);
            explainCosts(paper, plan);
          },
          exit: mismatch ? 1 : 0,
        };
      },
    }),
    defineCommand({
      name: 'apply',
      summary: 'Do what is missing, step by step',
      details:
        'On mainnet somebody must confirm, or --yes. The profile of the result is kept under the file’s name.',
      args: { file: FILE },
      options: {
        ...OPTIONS,
        profileOut: {
          flags: '--profile-out <file>',
          help: 'write the profile here, too, for the other signers',
        },
      },
      examples: [
        ['setup apply setup.json -u l -k deployer.json', 'again after an interruption: goes on'],
        ['setup apply setup.json -u l -k deployer.json --profile-out local.json', 'for the other consoles'],
      ],
      handlesInterrupt: true,
      run: applyAndRemember,
    }),
    defineCommand({
      name: 'status',
      summary: 'Show each step and what is still hot',
      details:
        'Exit 0 where every step is done, 4 where one is missing, 1 where the chain holds something else than FILE says.',
      args: { file: { ...FILE, optional: true } },
      options: { programSo: { ...OPTIONS.programSo, help: 'compare the deployed program with this file' } },
      examples: [
        ['setup status', 'of the profile'],
        ['setup status setup.json --program-so p.so', 'compared with the file and the binary'],
      ],
      run: (context, { file }, { programSo }) => showStatus(context, file, programSo),
    }),
  ],
});

async function showStatus(context: Context, file: string | undefined, programSo: string | undefined) {
  const { target, real, deployer, genesisHash } = await openDeployment(context, file, programSo);
  const { readFacts } = await import('#governance/setup/read.ts');
  const { judgeSteps } = await import('#governance/setup/judge.ts');
  const { hotFindings } = await import('#governance/posture/roles.ts');
  context.stage('reading the chain');
  const facts = await readFacts(await context.rpc(), target);
  const steps = judgeSteps(target, facts);
  const hot = hotFindings(target.programId, facts, { real, deployer });
  const { programId } = target;
  const where = { programId, council: facts.councilAddress, vault: facts.vault, genesisHash };
  const mismatch = steps.some(({ state }) => state === 'mismatch');
  const complete = steps.every(({ state }) => state === 'done');
  return {
    json: { ...where, complete, steps, hot },
    text(paper: Parameters<typeof explainSteps>[0]) {
      paper.pairs(Object.entries(where).map(([name, value]) => [name, value ?? undefined]));
      paper.line();
      explainSteps(paper, steps);
      paper.line();
      explainPosture(paper, hot);
    },
    exit: mismatch ? (1 as const) : complete ? (0 as const) : (4 as const),
  };
}
