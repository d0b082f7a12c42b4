// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { grouped } from '../format.ts';
import { Sentence } from './sentence.tsx';

afterEach(cleanup);

const MINT = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const shown = (text: string) => render(<Sentence text={text} />).container;

it('groups a key and keeps every character of it', () => {
  const found = shown(`Whitelist JupSOL (${MINT}) with a pool cap of 250000 JupSOL`);
  expect(found.querySelector('.addr')?.textContent).toBe(MINT);
  expect(found.querySelectorAll('.addr span')).toHaveLength(11);
  expect(found.textContent).toBe(`Whitelist JupSOL (${MINT}) with a pool cap of ${grouped('250000')} JupSOL`);
});

it('shows times as everywhere, and leaves what only looks like one of them', () => {
  expect(shown('from 2026-11-28T12:00:00Z').textContent).toBe('from 28 Nov 2026, 12:00 UTC');
  for (const text of ['on 2026-11-28', 'epoch 3', 'x12345', '12345-6', 'sip-0008-whitelist'])
    expect(shown(text).textContent).toBe(text);
});

it('a digest is one too', () => {
  const digest = '4aec92f024cb78fcc95a370e6bff8ed45cd18238732436351ea91e359f4ae786';
  expect(shown(`digest ${digest}.`).querySelector('.addr')?.textContent).toBe(digest);
});
