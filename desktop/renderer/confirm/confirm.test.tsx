// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { ToConfirm } from '#desktop/shared/signer-protocol.ts';
import { Confirm } from './confirm.tsx';

const KEY = 'So11111111111111111111111111111111111111112';
const HEX = 'cd'.repeat(32);

const REVIEW: Extract<ToConfirm, { kind: 'review' }> = {
  kind: 'review',
  token: 'once',
  review: {
    kind: 'vote-approve',
    title: 'Approve transaction 41',
    lines: [{ label: 'Council', value: KEY, address: true }],
    inner: [],
    messageHash: { hex: HEX, base58: KEY },
    transactionIndex: '41',
    announcement: null,
  },
  claim: { title: 'SIP-8', verdict: 'match', digest: null },
  cluster: 'embedded',
  publicKey: KEY,
  how: { kind: 'keypair' },
};

function show(message: ToConfirm) {
  let hear: (message: ToConfirm) => void = () => undefined;
  const confirmation = {
    onReview: (listener: typeof hear) => {
      hear = listener;
    },
    sign: vi.fn(),
    signed: vi.fn(),
    refuse: vi.fn(),
    handOut: vi.fn(async () => 'Copied.'),
    openPage: vi.fn(async () => 'Opened.'),
    say: (said: ToConfirm) => act(() => hear(said)),
  };
  vi.stubGlobal('confirmation', confirmation);
  render(<Confirm />);
  act(() => hear(message));
  return confirmation;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('shows what the signer read, the hash in both forms, and the console’s claim', () => {
  show(REVIEW);
  expect(screen.getByRole('heading', { name: 'Approve transaction 41' })).toBeTruthy();
  expect(screen.getByTitle(HEX)).toBeTruthy();
  expect(screen.getAllByTitle(KEY)).toHaveLength(3);
  expect(screen.getByText(/The console says: SIP-8 \(verdict match\)/)).toBeTruthy();
});

it('says for how long the network takes a transaction, and nothing of it for a statement', () => {
  vi.useFakeTimers();
  show(REVIEW);
  expect(screen.getByRole('timer').textContent).toContain('another 60 s');
  act(() => vi.advanceTimersByTime(13_000));
  expect(screen.getByRole('timer').textContent).toContain('another 47 s');
  act(() => vi.advanceTimersByTime(60_000));
  expect(screen.getByRole('timer').textContent).toContain('Valid no more');
  cleanup();
  show({ ...REVIEW, review: { ...REVIEW.review, statement: true } });
  expect(screen.queryByRole('timer')).toBeNull();
  vi.useRealTimers();
});

it('has its focus on the harmless answer', () => {
  const confirmation = show(REVIEW);
  const stop = screen.getByRole('button', { name: 'Do not sign' });
  expect(document.activeElement).toBe(stop);
  fireEvent.click(stop);
  expect(confirmation.refuse).toHaveBeenCalledOnce();
  expect(confirmation.sign).not.toHaveBeenCalled();
});

it('gives back the token of what it showed', () => {
  const confirmation = show(REVIEW);
  fireEvent.click(screen.getByRole('button', { name: 'Sign: Approve transaction 41' }));
  expect(confirmation.sign).toHaveBeenCalledExactlyOnceWith('once');
});

const STATEMENT: typeof REVIEW = {
  ...REVIEW,
  review: {
    ...REVIEW.review,
    ...{ kind: 'request-changes', title: 'Request changes to SIP-8', statement: true },
    lines: [{ label: 'What should change', value: 'Halve the cap.\n\nName the audits.' }],
  },
};

it('shows a statement’s text whole, and its hand-out has no blockhash to hurry for', () => {
  show({ ...STATEMENT, how: { kind: 'offline', handout: 'x'.repeat(2_901) } });
  expect(screen.getByText(/Halve the cap/).textContent).toBe('Halve the cap.\n\nName the audits.');
  expect(screen.queryByText(/blockhash/)).toBeNull();
  expect(screen.queryByRole('button', { name: 'Show QR code' })).toBeNull();
  cleanup();
  show({ ...REVIEW, how: { kind: 'offline', handout: 'x' } });
  expect(screen.getByText(/blockhash/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Show QR code' })).toBeTruthy();
});

it('offers no signature for what the signer refused', () => {
  const confirmation = show({ kind: 'refused', code: 'SIGNING_GRAMMAR', sentence: 'An unknown program.' });
  expect(screen.getAllByRole('button')).toHaveLength(1);
  expect(screen.getByRole('alert').textContent).toContain('SIGNING_GRAMMAR');
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(confirmation.refuse).toHaveBeenCalledOnce();
});

it('hands a message out, and gives back the signature that was carried here', async () => {
  const confirmation = show({ ...REVIEW, how: { kind: 'offline', handout: '{"message":"AQ=="}' } });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Do not sign' }));
  expect(screen.queryByRole('button', { name: /^Sign:/ })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  expect(await screen.findByText('Copied.')).toBeTruthy();
  expect(confirmation.handOut).toHaveBeenCalledWith('copy', '{"message":"AQ=="}');
  fireEvent.click(screen.getByRole('button', { name: 'Show QR code' }));
  expect(await screen.findByRole('img', { name: 'The signing request as a QR code' })).toBeTruthy();

  const use = screen.getByRole('button', { name: 'Use this signature: Approve transaction 41' });
  expect(use).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByLabelText('Signature, base58'), { target: { value: ' abc ' } });
  fireEvent.click(use);
  expect(confirmation.signed).toHaveBeenCalledExactlyOnceWith('once', 'abc');
  confirmation.say({ kind: 'foreign', sentence: 'This signature is not of this message by this key.' });
  expect(screen.getByRole('alert').textContent).toContain('not of this message');
  expect(screen.getByRole('heading', { name: 'Approve transaction 41' })).toBeTruthy();
});
