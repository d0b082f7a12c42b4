import { expect, it } from 'vitest';
import { parseLink, parseRoute, renderRoute } from './route.ts';

it.each([
  'inbox',
  'sips',
  'sip/7',
  'edit/new',
  'edit/12',
  'tx/41/effect',
  'tx/18446744073709551615/votes',
  'about',
])('reads and writes %s', (text) => {
  const route = parseRoute(text);
  expect(route && renderRoute(route)).toBe(text);
});

it.each([
  '',
  'sip/',
  'sip/99999',
  'tx/0',
  'tx/18446744073709551616',
  'tx/1/sign',
  'tx/1/effect/x',
  '../inbox',
  'INBOX',
  'tx/1?rpc=http://x',
])('leads nowhere: %s', (text) => expect(parseRoute(text)).toBeNull());

it('takes from a link only what opens a view', () => {
  expect(parseLink('solayer-council://sip/7/')).toEqual({ screen: 'sip', sip: 7 });
  expect(parseLink('solayer-council://tx/4')).toEqual({
    screen: 'proposal',
    transactionIndex: '4',
    tab: 'effect',
  });
  for (const link of [
    'solayer-council://edit/new',
    'solayer-council://settings',
    'https://sip/7',
    'solayer-council://sip/7#x',
  ])
    expect(parseLink(link)).toBeNull();
});
