import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { ChangeRequestView } from '#desktop/shared/views/index.ts';
import { folderFiles } from '#governance/adapters/files.ts';
import {
  type Beside,
  changeRequestsFile,
  keepChangeRequest,
  readChangeRequests,
  together,
} from '#governance/change-requests/beside.ts';
import {
  type CheckedChangeRequest,
  checkChangeRequest,
  type Known,
} from '#governance/change-requests/check.ts';
import {
  type ChangeRequest,
  lineOf,
  MAX_CHANGE_REQUEST_BYTES,
  renderChangeRequests,
  signChangeRequest,
} from '#governance/change-requests/request.ts';
import { wishFor } from '#governance/change-requests/write.ts';
import { VERSION } from '#governance/cli/version.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Address } from '#governance/types.ts';
import { changeRequestFaultText, standingText } from '#governance/words/change-requests.ts';
import { besideFiles } from '../beside.ts';
import type { Handlers } from '../engine.ts';
import { sentencesOf } from '../failure.ts';
import { heard } from '../heard.ts';
import { readText } from '../store.ts';
import type { World } from '../world.ts';
import { sameSeat } from './same-seat.ts';

/** What reviewers want changed in a text. Kept beside the documents, and read in every folder of them. */
export const changeRequests = {
  /** Of the text with this digest and of every other text of its number. */
  async 'sips.requests'({ world }, { digest }) {
    await world.documents.refresh();
    const sip = textOf(world, digest);
    const { requests, problems } = await besideOf(world, sip);
    const known = await knownOf(world);
    return {
      requests: requests.map((one) => viewOf(checkChangeRequest(one, sip, known), world)),
      problems: problems.map(sentencesOf),
    };
  },

  /** By digest, so that what is signed is about the text that was shown. */
  async 'sips.request-changes'(engine, { digest, text: typed, seat }) {
    sameSeat(engine, seat);
    const { world } = engine;
    const { documents, pins } = world;
    await documents.refresh();
    const sip = textOf(world, digest);
    const number = sip.header.sip;
    const reviewer = world.signer(engine.seat, {
      title: `Request changes to SIP-${number}: ${sip.header.title}`,
      ...{ verdict: null, digest, transactionIndex: null },
    });
    const key = reviewer.publicKey.toBase58() as Address;
    const wish = await wishFor(world.agreed, pins, sip, { typed, reviewer: key, tool: VERSION });
    const request = await signChangeRequest(wish, reviewer);
    // Once a new text has answered it, what it was about is still there to be compared.
    await documents.store.keep(readText(new TextEncoder().encode(sip.text), sip.file));
    await keepChangeRequest(folderFiles(documents.folder), sip.file, request);
    world.requests.forget();
    return {
      sentence: `Asked for changes to SIP-${number}. The request is kept beside the document; it is no vote.`,
      line: `SIP-${number}: ${key} asks for changes to the text with the digest ${digest}.`,
      signatures: [request.signature],
    };
  },

  /** As a file for the author, where main's dialog says. */
  async 'sips.export-request'({ world, outside }, { digest, id }) {
    const sip = textOf(world, digest);
    const { requests } = await besideOf(world, sip);
    const request = requests.find((one) => idOf(one) === id);
    if (request === undefined) throw new SipError('USAGE', { detail: 'this request no longer lies here' });
    const name = changeRequestsFile(sip.file, request);
    return { saved: await outside.save(name, renderChangeRequests([request])) };
  },
} satisfies Partial<Handlers>;

/** @throws SipError CHANGE_REQUEST_TEXT_CHANGED */
function textOf({ documents }: World, digest: string): Sip {
  const sip = documents.library.byDigest(digest);
  if (sip) return sip;
  throw new SipError('CHANGE_REQUEST_TEXT_CHANGED', { digest });
}

async function besideOf({ documents }: World, sip: Sip): Promise<Beside> {
  return together(
    await Promise.all(
      besideFiles(documents, MAX_CHANGE_REQUEST_BYTES).map(async (files): Promise<Beside> => {
        try {
          return await readChangeRequests(files, sip.file);
        } catch (error) {
          if (!isSipError(error)) throw error;
          return { requests: [], problems: [error] };
        }
      }),
    ),
  );
}

/** Without a chain the members are not known; what was asked is shown all the same. */
export async function knownOf(world: World): Promise<Known> {
  const { pins, genesisHash } = world;
  const { snapshot } = await heard(world);
  const members = snapshot?.scan.council.members.map(({ key }) => key);
  return { council: pins.council, programId: pins.programId, genesisHash, members };
}

function viewOf(one: CheckedChangeRequest, { nameOf, seats }: World): ChangeRequestView {
  const { reviewer, chainTime, text, digest, tool } = one.request;
  return {
    ...{ id: idOf(one.request), text, digest, tool, publicKey: reviewer },
    seat: seats.find(({ publicKey }) => publicKey === reviewer)?.name ?? nameOf(reviewer),
    standing: standingText(one),
    at: Number(chainTime),
    open: one.about === 'this-text',
    faults: one.faults.map(changeRequestFaultText),
  };
}

/** Of all that it says; a signature may stand under something else. */
const idOf = (request: ChangeRequest): string => bytesToHex(sha256(lineOf(request)));
