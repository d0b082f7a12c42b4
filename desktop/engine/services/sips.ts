import type { CheckView, FindingView } from '#desktop/shared/views/index.ts';
import { actionOf } from '#governance/actions/registry.ts';
import { SipError } from '#governance/errors.ts';
import { checkSip } from '#governance/lifecycle/check.ts';
import { type TrackedSip, trackSip, trackSips } from '#governance/lifecycle/track.ts';
import type { SipTransaction } from '#governance/proposals/scan.ts';
import { submitSip } from '#governance/proposals/submit.ts';
import type { ParsedAction, Sip } from '#governance/sip/document.ts';
import { isSipFileName } from '#governance/sip/file-name.ts';
import { lintFiles } from '#governance/sip/lint.ts';
import { parseSip } from '#governance/sip/parse.ts';
import { readReasons } from '#governance/venues/squads/reasons.ts';
import { stateText } from '#governance/words/steps.ts';
import { dropDraft } from '../drafts.ts';
import type { Handlers } from '../engine.ts';
import { heard } from '../heard.ts';
import { keptReasons } from '../reasons.ts';
import { readText } from '../store.ts';
import type { World } from '../world.ts';
import { dueView, seconds } from './words.ts';

export const sips = {
  async 'sips.list'({ world }) {
    await world.documents.refresh();
    const { snapshot } = await heard(world);
    if (snapshot === null) return world.documents.library.sips.map(unheardRow);
    return trackSips(snapshot, world.pins, world.documents.library).map((tracked) => rowOf(tracked, world));
  },

  async 'sips.read'({ world }, { sip: number }) {
    const sip = world.documents.sip(number);
    const { snapshot } = await heard(world);
    const tracked = snapshot && trackSip(snapshot, world.pins, sip);
    const link = ({ transactionIndex, verification, state }: SipTransaction) => ({
      transactionIndex: transactionIndex.toString(),
      part: verification.part,
      parts: verification.parts,
      verdict: verification.verdict,
      state: snapshot ? stateText(state, snapshot.scan.now) : 'unknown',
    });
    const { reasons, reasonsProblem } = await keptReasons(world.documents, (files) =>
      readReasons(files, sip.file),
    );
    return {
      row: tracked ? rowOf(tracked, world) : unheardRow(sip),
      fileName: sip.file,
      text: sip.text,
      sections: sip.sections.map(({ name, markdown }) => ({ name, markdown })),
      effects: effectsOf(sip.actions),
      validUntil: seconds(sip.validUntil),
      transactions: (tracked?.transactions ?? []).map(link),
      impostors: (tracked?.impostors ?? []).map(link),
      reasons: reasons.map(({ vote, who, when, text, transactionIndex }) => ({
        vote,
        who,
        when: seconds(when),
        text,
        transactionIndex: transactionIndex.toString(),
      })),
      reasonsProblem,
    };
  },

  async 'sips.lint'({ world }, { text, fileName }) {
    const bytes = new TextEncoder().encode(text);
    const others = world.documents.files.filter(({ file }) => file !== fileName);
    const { findings } = lintFiles([{ file: fileName, bytes }], { neighbours: others });
    const { sip } = parseSip(bytes, fileName);
    return {
      ok: findings.every(({ level }) => level !== 'error'),
      findings: findings.filter(({ file }) => file === fileName).map(findingView),
      digest: sip?.digest ?? null,
      effects: sip ? effectsOf(sip.actions) : [],
    };
  },

  'sips.check': ({ world }, { sip }) => checkOf(world, world.documents.sip(sip)),

  async 'sips.check-text'({ world }, { text, fileName }) {
    const { sip, findings } = parseSip(new TextEncoder().encode(text), fileName);
    if (sip !== null) return checkOf(world, sip);
    throw invalid(fileName, findings);
  },

  async 'sips.save'({ world }, { text, fileName }) {
    if (!isSipFileName(fileName))
      throw new SipError('USAGE', { detail: `${fileName} is no name of a SIP: it reads sip-0009-title.md` });
    const { sip, findings } = parseSip(new TextEncoder().encode(text), fileName);
    if (sip === null) throw invalid(fileName, findings);
    await world.documents.save(fileName, text);
    await dropDraft(world, fileName);
    return { sip: sip.header.sip };
  },

  async 'sips.submit'({ world, seat }, { sip: number }) {
    const sip = world.documents.sip(number);
    const claim = {
      title: `Submit SIP-${number}: ${sip.header.title}`,
      verdict: null,
      digest: sip.digest,
      transactionIndex: null,
    };
    const creator = world.signer(seat, claim);
    // What is submitted stays readable, whatever becomes of the document.
    const { store } = world.documents;
    const text = readText(new TextEncoder().encode(sip.text), sip.file);
    if (world.sandbox === null) await store.keep(text);
    else store.keepInMemory(text);
    const outcome = await world.sending((ports) => submitSip(ports, { pins: world.pins, sip, creator }));
    if (outcome.kind === 'not-done') throw outcome.error;
    const indexes = outcome.parts.map(({ transactionIndex }) => transactionIndex).join(', ');
    return {
      sentence:
        outcome.kind === 'submitted'
          ? `SIP-${number} is before the council as transaction ${indexes}.`
          : `SIP-${number} was before the council already, as transaction ${indexes}. Nothing was sent.`,
      line: `SIP-${number}, transaction ${indexes}: submitted, digest ${sip.digest}.`,
      signatures: outcome.parts.flatMap(({ landed }) => landed.map(({ signature }) => signature)),
    };
  },
} satisfies Partial<Handlers>;

/** By the first fault of a text. */
function invalid(file: string, findings: readonly Omit<FindingView, 'code' | 'help'>[]): SipError {
  const first = findings.find(({ level }) => level === 'error');
  const detail = `line ${first?.line}: ${first?.message.replace(/\.$/, '')}`;
  return new SipError('SIP_INVALID', { file, detail });
}

/** Facts from chain, as reviewers will see them. */
async function checkOf({ rpc, pins }: World, sip: Sip): Promise<CheckView> {
  const report = await checkSip(rpc, pins, sip);
  return {
    ok: report.ok,
    findings: report.findings.map(({ level, code, message, help = '', action }) => ({
      level: level === 'info' ? ('note' as const) : level,
      code,
      message: action === null ? message : `Action ${action}: ${message}`,
      help,
      line: null,
      column: null,
    })),
    rentLamports: report.rentLamports.toString(),
    vaultLamports: report.vaultLamports.toString(),
  };
}

/** Without a chain a document has no status: what its file says is no answer. */
function unheardRow({ header, digest, actions }: Sip) {
  return {
    sip: header.sip,
    title: header.title,
    authors: header.authors,
    status: 'Unknown',
    because: 'the chain does not answer',
    updated: header.updated,
    digest,
    actions: actions.map(({ kind }) => kind),
    due: [],
  };
}

function rowOf({ sip, status, because, due }: TrackedSip, world: World) {
  const { header, digest, actions } = sip;
  return {
    sip: header.sip,
    title: header.title,
    authors: header.authors,
    status,
    because,
    updated: header.updated,
    digest,
    actions: actions.map(({ kind }) => kind),
    due: due.map((step) => dueView(step, world)),
  };
}

/** What a text asks for, in words, in its order. */
export const effectsOf = (actions: readonly ParsedAction[]): string[] =>
  actions.map(({ kind, params }) => actionOf(kind)?.describe(params) ?? kind);

export const sectionsOf = (sip: Sip) => sip.sections.map(({ name, markdown }) => ({ name, markdown }));

export const findingView = (finding: {
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly line: number;
  readonly column: number;
}): FindingView => {
  const { level, code, message, help, line, column } = finding;
  return { level, code, message, help, line, column };
};
