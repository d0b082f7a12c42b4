import type { Pinned } from '../bundle/check.ts';
import { isSignedBy, offchainMessage } from '../handoff/offchain-message.ts';
import { handoffStatement } from '../handoff/sipz.ts';
import { epochsScheduledBy } from '../lifecycle/expected.ts';
import { pinsOf } from '../restaking/pdas.ts';
import type { Sip } from '../sip/document.ts';
import { parseUnnamed } from '../sip/parse-unnamed.ts';
import type { Address, Pins } from '../types.ts';
import {
  type AccountBytes,
  configAddress,
  decodeSipRecord,
  SQUADS_PROGRAM,
  sipRecordAddress,
} from '../verify/index.ts';
import { checkBeside } from './check-beside.ts';
import { checkEpoch } from './check-epoch.ts';
import { checkTransaction } from './check-transaction.ts';
import type { Audit } from './document.ts';
import { type AuditFault, Findings, type OnWord } from './findings.ts';
import { sealHolds, sealStatement } from './seal.ts';

export interface AuditCheck {
  readonly sip: Sip;
  readonly faults: readonly AuditFault[];
  /** What nothing in the document proves. */
  readonly onWord: readonly OnWord[];
}

/**
 * Derives again, without a network, everything that follows from the text, the accounts' bytes and the bytes of the
 * transactions that were sent. Council and program are never taken from the document.
 * @param file name for messages
 * @throws SipError SIP_INVALID where the text is no SIP
 */
export function checkAudit(audit: Audit, pinned: Pinned, file: string): AuditCheck {
  const sip = parseUnnamed(audit.text, file);
  const pins = pinsOf(pinned.programId, pinned.council);
  const found = new Findings();
  checkSeal(audit, found);
  checkHead(audit, sip, pins, pinned, found);
  for (const transaction of audit.transactions) checkTransaction(audit, transaction, sip, pins, found);
  checkRecord(audit, sip, found);
  const indexes = epochsScheduledBy(sip, pins);
  found.compare(
    'epoch-false',
    'epochs',
    audit.epochs.map(({ index }) => index),
    [...indexes].sort((a, b) => a - b),
  );
  for (const epoch of audit.epochs) checkEpoch(epoch, sip, pins, found);
  checkBeside(audit, found);
  for (const code of ['status-lines', 'accounts', 'landing', 'completeness'] as const) found.word(code);
  return { sip, faults: found.faults, onWord: found.onWord };
}

function checkSeal(audit: Audit, found: Findings): void {
  if (audit.seal === null) found.word('unsealed');
  else if (!sealHolds(audit)) {
    const derived = `no signature of it over "${sealStatement(audit)}"`;
    found.compare('seal-false', 'seal', audit.seal.key, derived);
  }
}

function checkHead(audit: Audit, sip: Sip, pins: Pins, pinned: Pinned, found: Findings): void {
  found.compare('council-not-pinned', 'council', audit.council, pins.council);
  found.compare('program-not-pinned', 'program', audit.programId, pins.programId);
  if (pinned.genesisHash === undefined) found.word('cluster', audit.genesisHash);
  else found.compare('genesis-not-pinned', 'cluster', audit.genesisHash, pinned.genesisHash);
  found.compare('vault-false', 'vault', audit.vault, pins.vault);
  found.compare('sip-false', 'text', audit.sip, sip.header.sip);
  found.compare('digest-false', 'text', audit.digest, sip.digest);
  const { handoff, accounts } = audit;
  if (handoff !== null) {
    const message = offchainMessage(handoffStatement(sip.header.sip, sip.digest));
    const derived = isSignedBy(handoff.author, handoff.signature, message)
      ? handoff.author
      : 'no signature of it';
    found.compare('handoff-false', 'handoff', handoff.author, derived);
  }
  const place = (at: string, account: AccountBytes | null, address: Address, owner: Address) => {
    const stated = account && [account.address, account.owner];
    if (account !== null) found.compare('account-false', at, stated, [address, owner]);
  };
  place('multisig', accounts.multisig, pins.council, SQUADS_PROGRAM);
  place('config', accounts.config, configAddress(pins.programId).address, pins.programId);
  const record = sipRecordAddress(pins.programId, sip.header.sip).address;
  place('record', accounts.sipRecord, record, pins.programId);
}

/** What the program keeps of the SIP, beside the text and the transactions that are included. */
function checkRecord({ accounts, transactions }: Audit, sip: Sip, found: Findings): void {
  const executed = transactions.filter(
    ({ status, part }) => status === 'executed' && part !== null && part > 0,
  );
  if (accounts.sipRecord === null) {
    found.compare('record-false', 'record', 'none', executed.length > 0 ? 'executed parts' : 'none');
    return;
  }
  const decoded = decodeSipRecord(accounts.sipRecord.data);
  if (!decoded.ok) {
    found.compare('record-false', 'record', 'bytes', `${decoded.wanted} at byte ${decoded.at}`);
    return;
  }
  const { number, digest, part, parts, councilTx, slot } = decoded.value;
  found.compare('record-false', 'record', number, sip.header.sip);
  found.compare('record-false', 'record', digest, sip.digest);
  // The acceptance of a hand-over (part 0) is another council's transaction, with indexes of its own.
  const last = transactions.find(
    ({ transactionIndex, part: own }) => BigInt(transactionIndex) === councilTx && own !== 0,
  );
  if (last === undefined) {
    // Closed accounts leave no transaction behind.
    found.word('record-unproven', `transaction ${councilTx}`);
    return;
  }
  found.compare('record-false', 'record', [part, parts, 'executed'], [last.part, last.parts, last.status]);
  const execution = last.history.find(({ steps }) => steps.some(({ step }) => step === 'execute'));
  if (execution !== undefined) found.compare('record-false', 'record', slot, execution.slot);
}
