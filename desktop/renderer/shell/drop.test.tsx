// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Drop } from './drop.tsx';

const VIEW = {
  ...{ sip: 9, title: 'Whitelist JupSOL', digest: 'ab'.repeat(32), author: null, authorName: null },
  ...{ state: 'new', findings: [], diff: [] },
};

function show(value: unknown = VIEW) {
  const call = vi.fn(async (_name: string, _request: unknown) => ({ ok: true, value }));
  vi.stubGlobal('council', { call, onRoute: () => () => undefined });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Drop />
    </QueryClientProvider>,
  );
  return call;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const transfer = (files: readonly File[], folders: readonly string[] = []) => ({
  types: ['Files'],
  files,
  items: files.map(({ name }) => ({
    webkitGetAsEntry: () => ({ name, isDirectory: folders.includes(name) }),
  })),
});
const drop = (...given: Parameters<typeof transfer>) =>
  act(async () => void fireEvent.drop(document.body, { dataTransfer: transfer(...given) }));

describe('a drop', () => {
  it('is announced while it is over the window, and gone when it leaves', () => {
    show();
    fireEvent.dragEnter(document.body, { dataTransfer: transfer([]) });
    expect(screen.getByText('Drop it to hand in a SIP')).toBeTruthy();
    fireEvent.dragLeave(document.body, { dataTransfer: transfer([]) });
    expect(screen.queryByText('Drop it to hand in a SIP')).toBeNull();
  });

  it('hands each file in by its bytes and its name', async () => {
    const call = show();
    await drop([new File(['one'], 'a.md'), new File(['two'], 'b.PATCH')]);
    expect(await screen.findAllByText('It is among the documents now.')).toHaveLength(2);
    expect(call.mock.calls).toEqual([
      ['sips.import', { name: 'a.md', base64: btoa('one') }],
      ['sips.import', { name: 'b.PATCH', base64: btoa('two') }],
    ]);
  });

  it.each([
    ['requests', 1, 'A request for changes to SIP-9 lies beside the document now.'],
    ['requests', 2, '2 requests for changes to SIP-9 lie beside the document now.'],
    ['receipts', 1, 'A receipt for SIP-9 lies beside the document now.'],
    ['receipts', 2, '2 receipts for SIP-9 lie beside the document now.'],
    ['receipts', 0, /^Nothing new of SIP-9: /],
  ] as const)('of a .jsonl takes %s in, %i of them, and says so', async (kind, taken, words) => {
    const call = show({ kind, sip: 9, taken });
    await drop([new File(['line'], 'sip-0009-x.md.receipts.JSONL')]);
    expect(await screen.findByText(words)).toBeTruthy();
    expect(call.mock.calls).toEqual([
      ['sips.import-statements', { name: 'sip-0009-x.md.receipts.JSONL', base64: btoa('line') }],
    ]);
  });

  it('of a folder or a foreign file asks for nothing, and says so', async () => {
    const call = show();
    await drop([new File([], 'sips.md'), new File(['x'], 'x.png')], ['sips.md']);
    expect(await screen.findByText(/It is a folder\. Add it under Settings/)).toBeTruthy();
    expect(screen.getByText(/It is no \.sipz, \.md or patch/)).toBeTruthy();
    expect(call).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText('x.png')).toBeNull();
  });
});
