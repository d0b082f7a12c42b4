import { writeDocument } from '#governance/adapters/document-file.ts';
import type { Files } from '#governance/chain/ports.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import { clusterOf } from '#governance/profile/clusters.ts';
import { type ProfileFile, profileSchema } from '#governance/profile/schema.ts';
import type { Applied, SetupPorts } from '#governance/setup/apply.ts';
import type { Prepared } from '#governance/setup/prepare.ts';
import type { SetupRecord } from '#governance/setup/record.ts';
import { inSol } from '#governance/words/amounts.ts';
import type { Result } from '../command.ts';
import type { Context } from '../context.ts';
import { readIfThere } from '../read-file.ts';
import { explainPosture } from '../render/council.ts';
import { pairsOf } from './setup-render.ts';
import { openRequest } from './setup-request.ts';

/** `setup apply`: the library's work with journal, record, progress and profile around it. */

interface Flags {
  readonly programKeypair: string | undefined;
  readonly programSo: string | undefined;
  readonly profileOut: string | undefined;
}

export async function applyAndRemember(
  context: Context,
  { file }: { readonly file: string },
  flags: Flags,
): Promise<Result> {
  const tally: SetupPorts['tally'] = { sent: 'no' };
  return unlessInterrupted(context, tally, run(context, file, flags, tally));
}

async function run(
  context: Context,
  file: string,
  flags: Flags,
  tally: SetupPorts['tally'],
): Promise<Result> {
  const { prepared, endpoint } = await openRequest(context, file, flags);
  const { name: cluster } = await context.cluster();
  if (flags.profileOut !== undefined) await refuseOtherFile(context, flags.profileOut, prepared);
  const price = context.venueOptions().computeUnitPriceMicroLamports;
  if (cluster === 'mainnet') await confirmCosts(context, prepared, price);

  const applied = await applyRecorded(context, prepared, tally, price);
  const { facts } = applied;
  const profile = profileSchema.parse({
    name: prepared.target.file.name,
    cluster: clusterOf(prepared.request.genesisHash),
    endpoints: [endpoint],
    genesisHash: prepared.request.genesisHash,
    programId: prepared.target.programId,
    council: facts.councilAddress,
  });
  const kept = await keepProfile(context.files, profile);
  if (!kept)
    context.warn(`A profile "${profile.name}" of another deployment is there already and stays as it is.`);
  if (flags.profileOut !== undefined) {
    const bytes = new TextEncoder().encode(`${JSON.stringify(profile, null, 2)}\n`);
    await writeDocument(context.path(flags.profileOut), bytes, true);
  }
  const { hotFindings } = await import('#governance/posture/roles.ts');
  const { isLoopback } = await import('#governance/setup/keys.ts');
  const { programId, deployer } = prepared.target;
  const real = cluster !== 'local' || !isLoopback(endpoint);
  const hot = hotFindings(programId, facts, { real, deployer });
  return {
    json: { ...pairsOf(prepared, facts), steps: applied.steps, profile, profileKept: kept, hot },
    text(paper) {
      for (const { name, outcome, detail } of applied.steps)
        paper.line(
          `${paper.paint.green(outcome === 'kept' ? 'was done' : 'done    ')}  ${name.padEnd(17)}  ${detail}`,
        );
      paper.line();
      paper.pairs(Object.entries(pairsOf(prepared, facts)));
      paper.line();
      explainPosture(paper, hot);
      paper.line();
      if (kept) paper.line(`Work with it by --profile ${profile.name}; for the other consoles:`);
      else paper.line('The profile, for this and the other consoles ("sip profile add NAME --from FILE"):');
      paper.line(JSON.stringify(profile));
    },
  };
}

async function applyRecorded(
  context: Context,
  prepared: Prepared,
  tally: SetupPorts['tally'],
  price: bigint | undefined,
): Promise<Applied> {
  const { applySetup } = await import('#governance/setup/apply.ts');
  const { readRecord, withSignature, writeRecord } = await import('#governance/setup/record.ts');
  const { hashOf } = await import('#governance/setup/judge.ts');
  const { request, target } = prepared;
  const { genesisHash, programId } = request;
  const before = await readRecord(context.files, genesisHash, programId);
  let record: SetupRecord = {
    schemaVersion: 1,
    genesisHash,
    programId,
    deployer: target.deployer,
    buffer: target.buffer ?? '',
    council: target.council ?? '',
    binarySha256: hashOf(target.elf),
    signatures: before?.signatures ?? {},
  };
  return context.sending(async (ports) => {
    await writeRecord(context.files, record);
    return applySetup({ ...ports, tally }, prepared, {
      computeUnitPriceMicroLamports: price,
      onStage: context.stage,
      async onLanded(step, signature) {
        context.note(`Landed ${signature}`);
        record = withSignature(record, step, signature);
        await writeRecord(context.files, record);
      },
      onDone({ name, outcome, ms, written }) {
        if (outcome === 'kept') return;
        const how =
          written === null ? '' : `, ${written.chunks - written.kept} of ${written.chunks} pieces written`;
        context.warn(`${name}: done in ${(ms / 1000).toFixed(1)} s${how}`);
      },
    });
  });
}

async function confirmCosts(context: Context, prepared: Prepared, price: bigint | undefined): Promise<void> {
  const { planSetup, requireFunds } = await import('#governance/setup/plan.ts');
  const { refuseMismatch } = await import('#governance/setup/judge.ts');
  const plan = await planSetup(await context.rpc(), prepared, price);
  refuseMismatch(plan.steps);
  requireFunds(plan);
  const { programId, deployer } = prepared.target;
  await context.confirm(`set up ${programId} for ${inSol(plan.neededLamports)} SOL of ${deployer}`);
}

/** Known before anything is sent; what an earlier run of this setup wrote may be written again. @throws SipError FILE_EXISTS */
async function refuseOtherFile(context: Context, file: string, { target }: Prepared): Promise<void> {
  const bytes = await readIfThere(context.path(file));
  if (bytes === null) return;
  const { parseProfile } = await import('#governance/profile/store.ts');
  try {
    if (parseProfile(bytes, file).programId === target.programId) return;
  } catch (error) {
    if (!isSipError(error, 'PROFILE_INVALID')) throw error;
  }
  throw new SipError('FILE_EXISTS', { path: file, detail: 'is not the profile of this program' });
}

/** False where a profile of the name is for something else. */
async function keepProfile(files: Files, profile: ProfileFile): Promise<boolean> {
  const { readProfile, writeProfile } = await import('#governance/profile/store.ts');
  try {
    const { genesisHash, programId, council } = await readProfile(files, profile.name);
    if (genesisHash === profile.genesisHash && programId === profile.programId && council === profile.council)
      return true; // perhaps with endpoints or a keypair that somebody added
    return false;
  } catch (error) {
    if (!isSipError(error, 'PROFILE_UNKNOWN')) throw error;
    await writeProfile(files, profile);
    return true;
  }
}

async function unlessInterrupted<T>(
  { interrupted }: Context,
  tally: SetupPorts['tally'],
  running: Promise<T>,
): Promise<T> {
  running.catch(() => undefined);
  let stop: () => void = () => undefined;
  const interruption = new Promise<never>((_, reject) => {
    stop = () => {
      const { sent } = tally;
      reject(new SipError('INTERRUPTED', { signal: interrupted.reason, sent }, { sent }));
    };
    if (interrupted.aborted) stop();
    else interrupted.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([running, interruption]);
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
}
