// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { EpochRow, Epochs } from '#desktop/shared/views/index.ts';
import { EpochsScreen } from './epochs.tsx';

const NOW = 1_800_000_000;
const MINT = 'So11111111111111111111111111111111111111112';

const row = (index: number, rest: Partial<EpochRow>): EpochRow => ({
  index,
  status: 'scheduled',
  opensAt: NOW - 60,
  closesAt: NOW + 86_400,
  access: 'open',
  withdrawals: false,
  caps: [{ symbol: 'JupSOL', decimals: 9, mint: MINT, cap: '1000000000000', filled: '962000000000' }],
  sip: 6,
  plan: [],
  due: null,
  activatedBy: null,
  activatedAt: null,
  poolsWithoutCap: [],
  ...rest,
});

const EPOCHS: Epochs = {
  now: NOW,
  rows: [
    row(1, { status: 'active', closesAt: NOW - 10, due: 'closing' }),
    row(2, { due: 'activation' }),
    row(3, { plan: [{ field: 'access', planned: 'open', actual: 'invite' }] }),
  ],
  activation: { index: 2, gates: [{ name: 'Window open', state: 'ok', detail: '' }], ready: true },
};

const OUTCOME = { sentence: 'Epoch 2 is active.', line: null, signatures: [] };

function show(epochs: Epochs, seat: string | null = '0') {
  const views: Readonly<Record<string, unknown>> = { 'epochs.read': epochs, 'state.read': { seat } };
  const call = vi.fn(async (name: string, _request: unknown) => ({
    ok: true,
    value: views[name] ?? OUTCOME,
  }));
  vi.stubGlobal('council', { call, onRoute: () => () => undefined });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <EpochsScreen />
    </QueryClientProvider>,
  );
  return call;
}

const button = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('activates only after the check list', async () => {
  const call = show(EPOCHS);
  fireEvent.click(await button('Activate…'));
  expect(await screen.findByText(/What cannot be undone/)).toBeTruthy();
  expect(call).not.toHaveBeenCalledWith('epochs.activate', expect.anything());
  fireEvent.click(await button('Activate epoch 2'));
  expect(await screen.findByText(/Epoch 2 is active\./)).toBeTruthy();
  expect(call).toHaveBeenCalledWith('epochs.activate', { index: 2 });
});

it('keeps the button off while a gate is open', async () => {
  const gates = [{ name: 'Window open', state: 'wait', detail: 'opens later' }] as const;
  show({ ...EPOCHS, activation: { index: 2, gates: [...gates], ready: false } });
  fireEvent.click(await button('Activate…'));
  expect((await button('Activate epoch 2')).disabled).toBe(true);
});

it('closes an epoch whose window is over', async () => {
  const call = show(EPOCHS);
  fireEvent.click(await button('Close…'));
  fireEvent.click(await button('Close epoch 1'));
  await vi.waitFor(() => expect(call).toHaveBeenCalledWith('epochs.close', { index: 1 }));
});

it.each(['Activate', 'Close'])('%s is off for whoever only looks, and says why', async (what) => {
  show(EPOCHS, null);
  fireEvent.click(await button(`${what}…`));
  expect(await screen.findByText('Nobody signs here. Choose a seat at the lower left.')).toBeTruthy();
  expect((await button(`${what} epoch ${what === 'Close' ? 1 : 2}`)).disabled).toBe(true);
});

it('says where the chain differs from the plan, how full a cap is, and who waits for whom', async () => {
  show(EPOCHS);
  expect(await screen.findByText('Plan and chain differ for epoch 3')).toBeTruthy();
  expect(screen.getByText(/access: planned open, on chain invite/)).toBeTruthy();
  expect(screen.getAllByText(/96\.2 %/).length).toBeGreaterThan(0);
  expect(screen.getByText('Waits for epoch 2')).toBeTruthy();
});
