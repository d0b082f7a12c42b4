// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { ProposalTab } from '#desktop/shared/route.ts';
import type { LocalSimulation, ProposalView } from '#desktop/shared/views/index.ts';
import { ProposalScreen } from './proposal.tsx';

const MATCH: ProposalView = {
  row: {
    transactionIndex: '41',
    title: 'SIP-8 · Whitelist JupSOL',
    sip: 8,
    state: 'active',
    verdict: 'match',
    votes: '1 of 3',
    creator: 'Seat 1',
  },
  verdict: 'match',
  executed: false,
  compared: 'Compiled from the text and compared with 318 bytes on chain.',
  differences: [],
  part: 1,
  parts: 1,
  digest: 'ab'.repeat(32),
  membersHash: null,
  text: null,
  effects: [{ sentence: 'JupSOL can be restaked.', saidBy: 'both' }],
  changes: [],
  instructions: [],
  accountBytesHex: '00112233445566778899aabbccddeeff00112233',
  seat: '0',
  simulation: { ok: true, sentence: 'It runs.', computeUnits: '41220', logs: [] },
  votes: [],
  reasons: [],
  reasonsProblem: '',
  councilChange: null,
  needed: 3,
  approvals: 1,
  voteSentence: 'Seat 1 approved.',
  gates: [{ name: 'Bytes match the text', state: 'ok', detail: 'verdict match' }],
  acts: [
    { act: 'approve', enabled: true, label: 'Approve transaction 41', why: '' },
    { act: 'reject', enabled: true, label: 'Reject transaction 41', why: '' },
  ],
  history: [],
  expiresAt: null,
};

const MISMATCH: ProposalView = {
  ...MATCH,
  verdict: 'different-account',
  differences: [
    { kind: 'different-account', sentence: 'Another mint than the text names.', bytes: [2, 5] },
    { kind: 'extra-instruction', sentence: 'One instruction too many.', bytes: null },
  ],
  gates: [{ name: 'Bytes match the text', state: 'bad', detail: 'different-account' }],
  acts: [{ act: 'approve', enabled: false, label: 'Approve transaction 41', why: 'The bytes differ.' }],
};

const HOLDS: LocalSimulation = {
  ...{ state: 'holds', sentence: 'It runs, and leaves exactly what the text promises.' },
  ...{ assumed: 'it is approved', computeUnits: '41220', logs: [] },
  changes: [
    {
      ...{ account: 'RestakingPool', address: 'So11111111111111111111111111111111111111112' },
      ...{ field: 'poolCap', before: 'none', after: 'no limit', source: '' },
    },
  ],
};

const BY_NONCE = 'Sent over a durable nonce: it may have been signed at any time before.';
const APPROVALS = [[], [BY_NONCE]].map((warnings, at) => ({
  ...{ seat: `Seat ${at}`, publicKey: 'So11111111111111111111111111111111111111112' },
  ...{ signature: `${at + 1}`.repeat(80), when: '2 hours ago', warnings },
}));

const NOT_SIGNED = 'Not true: the member did not sign this (stated x, found y).';
const RECEIPTS = {
  receipts: [[], [NOT_SIGNED]].map((faults, at) => ({
    ...{ id: `${at}`, seat: `Seat ${at}`, publicKey: `${at + 1}${'1'.repeat(31)}`, verdict: 'match' },
    ...{ at: 1_795_530_000, tool: '0.1.0', faults },
  })),
  problem: null,
};

const GIVEN = { sentence: 'Gave a receipt for transaction 41.', line: null, signatures: [] };
const OUTCOME = { sentence: 'Rejected transaction 41.', line: null, signatures: [] };

/** The window's bridge, answering the one view; acts are answered when the test says so. */
function show(view: ProposalView, tab: ProposalTab = 'effect', local = HOLDS) {
  let settle: () => void = () => undefined;
  const acted = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const call = vi.fn(async (name: string, _request: unknown) => {
    if (name === 'proposals.act') {
      await acted;
      return { ok: true, value: OUTCOME };
    }
    if (name === 'proposals.give-receipt') return { ok: true, value: GIVEN };
    if (name === 'proposals.export-receipt') return { ok: true, value: { saved: true } };
    if (name === 'sips.import-statements') return { ok: true, value: { kind: 'receipts', sip: 8, taken: 1 } };
    if (name === 'sips.requests') return { ok: true, value: { requests: [], problems: [] } };
    if (name === 'proposals.receipts') return { ok: true, value: RECEIPTS };
    if (name === 'proposals.approvals') return { ok: true, value: APPROVALS };
    if (name === 'proposals.simulate') return { ok: true, value: local };
    return { ok: true, value: name === 'proposals.read' ? view : { network: null, seats: [], seat: null } };
  });
  vi.stubGlobal('council', { call, onRoute: () => () => undefined });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ProposalScreen transactionIndex="41" tab={tab} />
    </QueryClientProvider>,
  );
  return { call, settle };
}

const button = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('says that it does what the text says, and offers approving', async () => {
  show(MATCH);
  expect(await screen.findByRole('heading', { name: 'Does exactly what SIP-8 says' })).toBeTruthy();
  expect((await button('Approve transaction 41')).disabled).toBe(false);
});

it('names every difference with its bytes, and why approving is off', async () => {
  show(MISMATCH);
  const verdict = await screen.findByRole('region', { name: 'Does not do what SIP-8 says' });
  expect(within(verdict).getAllByRole('listitem')).toHaveLength(2);
  expect(within(verdict).getByText(/bytes 2–4/)).toBeTruthy();
  expect((await button('Approve transaction 41')).disabled).toBe(true);
  expect(screen.getByText('The bytes differ.')).toBeTruthy();
});

it('tells how each approval came about, and which may be old', async () => {
  show(MATCH, 'votes');
  expect(await screen.findByText('How the approvals came about')).toBeTruthy();
  expect(await screen.findByText(BY_NONCE)).toBeTruthy();
  expect(screen.getAllByText(/alone in its transaction/)).toHaveLength(1);
});

it('lists what members’ consoles found, apart from the votes, and what of it is not so', async () => {
  show(MATCH, 'votes');
  const card = (await screen.findByRole('heading', { name: 'Review receipts' })).closest('section')!;
  expect(await within(card).findByText('Seat 0')).toBeTruthy();
  expect(within(card).getByText(NOT_SIGNED)).toBeTruthy();
  expect(within(card).getByText(/no approvals/)).toBeTruthy();
});

it('gives a receipt out as a file, and takes one in', async () => {
  const { call } = show({ ...MATCH, text: { sections: [] } }, 'votes');
  const [, second] = await screen.findAllByRole('button', { name: 'Save as file' });
  fireEvent.click(second!);
  expect(await screen.findByText('Saved.')).toBeTruthy();
  expect(call).toHaveBeenCalledWith('proposals.export-receipt', { transactionIndex: '41', id: '1' });
  const field = screen.getByLabelText('Choose a receipt');
  fireEvent.change(field, { target: { files: [new File(['{}'], 'a.jsonl')] } });
  expect(await screen.findByText('A receipt for SIP-8 lies beside the document now.')).toBeTruthy();
  expect(call).toHaveBeenCalledWith('sips.import-statements', { name: 'a.jsonl', base64: btoa('{}') });
});

const VOTER: ProposalView['votes'][number] = {
  ...{ seat: 'Seat 0', publicKey: `1${'1'.repeat(31)}`, permissions: ['vote'], cast: 'none', me: true },
};
const WITH_TEXT: ProposalView = { ...MATCH, text: { sections: [] } };

it('gives a receipt with a member’s key, and to nobody else', async () => {
  const { call } = show({ ...WITH_TEXT, votes: [VOTER] }, 'votes');
  fireEvent.click(await button('Give a receipt with Seat 0'));
  expect(await screen.findByText('Gave a receipt for transaction 41.')).toBeTruthy();
  expect(call).toHaveBeenCalledWith('proposals.give-receipt', { transactionIndex: '41', seat: '0' });
  cleanup();
  show(WITH_TEXT, 'votes');
  expect((await button('Give a receipt')).disabled).toBe(true);
});

it('has requests for changes beside the votes, of the text that is on chain', async () => {
  const { call } = show(WITH_TEXT, 'votes');
  expect(await screen.findByRole('heading', { name: 'Requests for changes' })).toBeTruthy();
  expect(call).toHaveBeenCalledWith('sips.requests', { digest: 'ab'.repeat(32) });
});

it('says where words do not show what differs, and only there', async () => {
  const note = /^In words the transaction and the text say the same/;
  show(MISMATCH, 'effect');
  expect(await screen.findByText(note)).toBeTruthy();
  cleanup();
  const line = { sentence: 'Set the cap to 2', saidBy: 'bytes' } as const;
  show({ ...MISMATCH, effects: [...MISMATCH.effects, line] }, 'effect');
  expect(await screen.findByText('not in the text')).toBeTruthy();
  expect(screen.queryByText(note)).toBeNull();
  cleanup();
  const [first] = MISMATCH.differences;
  show({ ...MISMATCH, verdict: 'stale', differences: [{ ...first!, kind: 'stale' }] }, 'effect');
  await screen.findByRole('heading', { name: 'Effect' });
  expect(screen.queryByText(note)).toBeNull();
});

it('underlines exactly the bytes that differ', async () => {
  show(MISMATCH, 'transaction');
  const bytes = await screen.findByRole('region', { name: 'Bytes of the transaction account' });
  const marks = [...bytes.querySelectorAll('mark')].map(({ textContent }) => textContent);
  expect(marks).toEqual(['22 33 44']);
});

it('shows the digest where no text at hand has it', async () => {
  show({ ...MISMATCH, verdict: 'digest-unknown' }, 'text');
  expect(await screen.findByText('No text at hand has this digest')).toBeTruthy();
  expect(screen.getAllByTitle('ab'.repeat(32)).length).toBeGreaterThan(0);
});

it('rejects with a reason only, and waits for the confirm window', async () => {
  const { call, settle } = show(MATCH);
  fireEvent.click(await button('Reject transaction 41'));
  const form = (await screen.findByLabelText('Reason')).closest('form')!;
  const send = within(form).getByRole<HTMLButtonElement>('button', { name: 'Reject transaction 41' });
  expect(send.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('Reason'), { target: { value: ' the fee is wrong ' } });
  fireEvent.submit(form);
  expect(await screen.findByText('Waiting for the confirm window.')).toBeTruthy();
  expect((await button('Approve transaction 41')).disabled).toBe(true);
  expect(call).toHaveBeenCalledWith('proposals.act', {
    transactionIndex: '41',
    act: 'reject',
    seat: '0',
    reason: 'the fee is wrong',
  });
  settle();
  expect(await screen.findByText(/Rejected transaction 41\./)).toBeTruthy();
});

it('shows what running it changes, and says when that is not what the text promises', async () => {
  show(MATCH);
  expect(await screen.findByText('It runs, and leaves exactly what the text promises.')).toBeTruthy();
  expect(await screen.findByText('poolCap')).toBeTruthy();
  cleanup();
  show(MATCH, 'effect', {
    ...HOLDS,
    state: 'differs',
    sentence: 'It does not leave what the text promises.',
  });
  expect(await screen.findByText('It does not leave what the text promises.')).toBeTruthy();
  expect(screen.getByRole('img', { name: 'differs' })).toBeTruthy();
});

const KEY = 'So11111111111111111111111111111111111111112';
const CHANGE: ProposalView = {
  ...MATCH,
  row: { ...MATCH.row, sip: null, verdict: 'unreadable', title: 'Change of the council, transaction 41' },
  ...{
    verdict: 'unreadable',
    digest: null,
    effects: [{ sentence: `Removes the member ${KEY}`, saidBy: null }],
  },
  changes: [
    {
      ...{ account: 'Seat 1', address: KEY, field: 'May' },
      ...{ before: 'vote', after: 'no longer a member', source: '' },
    },
  ],
  councilChange: {
    ...{ readable: true, trouble: '', makesStale: true, hash: 'ab'.repeat(32), announcedBy: [] },
    posture: [{ level: 'error', code: 'threshold-one', message: 'One voter decides alone.', remedy: '' }],
    voids: [{ transactionIndex: '40', title: 'SIP-8 · Whitelist JupSOL' }],
  },
  gates: [{ name: 'Approving is off', state: 'bad', detail: 'Reject it.' }],
  acts: [{ act: 'reject', enabled: true, label: 'Reject…', why: '' }],
};

it('shows of a change of the council what it leaves, means and voids, and offers to stop it', async () => {
  show(CHANGE);
  expect(await screen.findByRole('heading', { name: /^Would change the council itself/ })).toBeTruthy();
  expect(screen.getByText('no longer a member')).toBeTruthy();
  expect(screen.getByText('One voter decides alone.')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Transaction 40' })).toBeTruthy();
  expect(screen.getByText('1 against it')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Approve/ })).toBeNull();
  fireEvent.click(await button('Reject…'));
  expect(await screen.findByText('The reason is kept on this computer, never on chain.')).toBeTruthy();
});

it('says of a change whose bytes cannot be read that nobody should approve it, and of one that fails why', async () => {
  show({ ...CHANGE, councilChange: { ...CHANGE.councilChange!, readable: false } });
  expect((await screen.findByRole('alert')).textContent).toContain('Nobody should approve it.');
  cleanup();
  const trouble = 'the threshold would be 0';
  show({ ...CHANGE, councilChange: { ...CHANGE.councilChange!, trouble } });
  expect((await screen.findByRole('alert')).textContent).toContain(trouble);
  expect(screen.queryByText('What that means')).toBeNull();
});

it('names the texts that announce a change, and the hash for one that would', async () => {
  show({ ...CHANGE, councilChange: { ...CHANGE.councilChange!, announcedBy: [9] } }, 'text');
  expect(await screen.findByRole('link', { name: 'SIP-9' })).toBeTruthy();
  expect(screen.getByTitle('ab'.repeat(32))).toBeTruthy();
});

it('shows reasons given here beside the votes, and says where they cannot be read', async () => {
  const reason = { vote: 'reject', who: KEY, when: 1_800_000_000, text: 'Nobody agreed on this' };
  show({ ...CHANGE, reasons: [reason] }, 'votes');
  expect(await screen.findByText(/Reject: Nobody agreed on this/)).toBeTruthy();
  cleanup();
  show({ ...CHANGE, reasonsProblem: 'line 2 is not a reason' }, 'votes');
  expect((await screen.findByRole('alert')).textContent).toContain('line 2');
  cleanup();
  show(CHANGE, 'votes');
  expect(await screen.findByText('Members')).toBeTruthy();
  expect(screen.queryByText('Reasons')).toBeNull();
});
