// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { ChangeRequestView } from '#desktop/shared/views/index.ts';
import { ChangeRequests } from './requests.tsx';

const KEY = 'So11111111111111111111111111111111111111112';
const NOW = 'ab'.repeat(32);
const BEFORE = 'cd'.repeat(32);
const NOT_SIGNED = 'Not true: the reviewer named did not sign this (stated x, found y).';
const one = (change: Partial<ChangeRequestView>): ChangeRequestView => ({
  ...{ id: '1', seat: 'Seat 1', publicKey: KEY, standing: '', at: 1_795_530_000 },
  ...{ text: 'Halve the cap.', open: true, digest: NOW, tool: '0.1.0', faults: [] },
  ...change,
});
const OUTCOME = { sentence: 'Asked for changes to SIP-8.', line: null, signatures: [] };

function show(requests: readonly ChangeRequestView[], seat: string | null = '1', problems: string[] = []) {
  const seats = [{ id: '1', name: 'Seat 1', publicKey: KEY, permissions: [] }];
  const call = vi.fn(async (name: string, _request: unknown) => {
    if (name === 'sips.requests') return { ok: true, value: { requests, problems } };
    if (name === 'sips.request-changes') return { ok: true, value: OUTCOME };
    if (name === 'sips.export-request') return { ok: true, value: { saved: true } };
    return { ok: true, value: { seats, seat } };
  });
  vi.stubGlobal('council', { call, onRoute: () => () => undefined });
  const client = new QueryClient();
  const of = (digest: string) => (
    <QueryClientProvider client={client}>
      <ChangeRequests sip={8} digest={digest} />
    </QueryClientProvider>
  );
  const { rerender } = render(of(NOW));
  return { call, turnTo: (digest: string) => rerender(of(digest)) };
}

/** Once it is known who signs. */
const offered = () =>
  waitFor(() => {
    const found = screen.getByRole<HTMLButtonElement>('button', { name: 'Request changes…' });
    expect(found.disabled).toBe(false);
    return found;
  });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('shows who wants what, and whether it is still about this text', async () => {
  show([
    one({ id: '1', text: 'Name the audits.', open: false, digest: BEFORE }),
    one({ id: '2' }),
    one({ id: '3', text: 'Buy mine.', seat: '5xYz…', standing: 'no member of this council' }),
    one({ id: '4', text: 'Forged.', faults: [NOT_SIGNED] }),
  ]);
  const [answered, open, stranger, forged] = await screen.findAllByRole('listitem');
  expect(within(answered!).getByText('answered by a new text')).toBeTruthy();
  expect(within(answered!).getByText('Name the audits.')).toBeTruthy();
  expect(within(answered!).getByTitle(BEFORE)).toBeTruthy();
  expect(within(open!).getByText('about this text')).toBeTruthy();
  expect(within(open!).queryByTitle(NOW)).toBeNull();
  expect(within(stranger!).getByText(/no member of this council/)).toBeTruthy();
  expect(within(forged!).getByText(NOT_SIGNED)).toBeTruthy();
  expect(within(forged!).queryByText('about this text')).toBeNull();
});

it('says which file was not read, and shows the others', async () => {
  show([one({})], '1', ['x.jsonl holds no requests for changes.']);
  expect((await screen.findByRole('alert')).textContent).toContain('x.jsonl');
  expect(screen.getByText('Halve the cap.')).toBeTruthy();
});

it('asks with the digest that is shown and the key that the button names', async () => {
  const { call } = show([]);
  fireEvent.click(await offered());
  const field = screen.getByLabelText('What should change in the text of SIP-8');
  expect(document.activeElement).toBe(field);
  const sign = screen.getByRole<HTMLButtonElement>('button', { name: 'Request changes with Seat 1' });
  expect(sign.disabled).toBe(true);
  fireEvent.change(field, { target: { value: 'Halve the cap.' } });
  fireEvent.submit(field.closest('form')!);
  expect(await screen.findByText('Asked for changes to SIP-8.')).toBeTruthy();
  expect(call).toHaveBeenCalledWith('sips.request-changes', {
    ...{ digest: NOW, text: 'Halve the cap.', seat: '1' },
  });
  expect(screen.queryByLabelText(/^What should change/)).toBeNull();
});

it('gives one out as a file, from the text that is shown', async () => {
  const { call } = show([one({ id: '9', open: false, digest: BEFORE })]);
  fireEvent.click(await screen.findByRole('button', { name: 'Save as file' }));
  expect(await screen.findByText('Saved.')).toBeTruthy();
  expect(call).toHaveBeenCalledWith('sips.export-request', { digest: NOW, id: '9' });
});

it('says so when the text changes under the hands of its reviewer', async () => {
  const { turnTo } = show([]);
  fireEvent.click(await offered());
  expect(screen.queryByRole('alert')).toBeNull();
  turnTo(BEFORE);
  expect((await screen.findByRole('alert')).textContent).toContain('read it again');
});

it('offers nothing to whoever only looks', async () => {
  show([], null);
  const offer = await screen.findByRole<HTMLButtonElement>('button', { name: 'Request changes…' });
  expect(offer.disabled).toBe(true);
  expect(await screen.findByText(/Nobody signs here/)).toBeTruthy();
});
