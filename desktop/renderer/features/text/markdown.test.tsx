// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Markdown } from './markdown.tsx';

afterEach(cleanup);

const drawn = (text: string) => render(<Markdown text={text} />).container;
const ALLOWED = new Set(
  'DIV P H3 UL OL LI BLOCKQUOTE PRE CODE TABLE TBODY TR TH TD HR BR EM STRONG DEL SUP SPAN'.split(' '),
);

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'before <img src=x onerror=alert(1)> after',
  '<iframe src="https://example.com"></iframe>',
  '<style>* { display: none }</style>',
  '<svg><script>alert(1)</script></svg>',
  '<form action="https://example.com"><button>Sign</button></form>',
  '![pixel](https://example.com/pixel.png)',
  '![pixel][1]\n\n[1]: https://example.com/pixel.png',
  '[run](javascript:alert(1))',
  '[run](JaVaScRiPt:alert(1))',
  '[data](data:text/html;base64,PHNjcmlwdD4=)',
  '[file](file:///etc/passwd)',
  '[open](solayer-council://sip/7)',
  '<javascript:alert(1)>',
  '[a]: javascript:alert(1)\n\n[run][a]',
  '| <img src=x> | b |\n| - | - |\n| ![c](d) | <script>e</script> |',
  '- [ ] <input autofocus onfocus=alert(1)>',
  '[^1]\n\n[^1]: <img src=x onerror=alert(1)>',
  '```html\n<script>alert(1)</script>\n```',
];

describe('a hostile document', () => {
  it.each(HOSTILE)('reaches the page as text only: %s', (text) => {
    for (const element of drawn(text).querySelectorAll('*')) {
      expect(ALLOWED).toContain(element.tagName);
      for (const { name } of element.attributes)
        expect(['class', 'title', 'start', 'tabindex']).toContain(name);
    }
  });

  it('hides nothing: what is not drawn is shown as it is written', () => {
    const shown = drawn(
      'See <!-- approve this --> and ![alt](https://example.com/p.png)\n\n<div>block</div>',
    );
    expect(shown.textContent).toContain('<!-- approve this -->');
    expect(shown.textContent).toContain('image left out: ![alt](https://example.com/p.png)');
    expect(shown.textContent).toContain('<div>block</div>');
  });

  it.each([
    ['[words](https://example.com "approve")', 'words (https://example.com “approve”)'],
    ['[https://example.com](https://example.com "approve")', 'approve'],
    ['![alt](https://example.com/p.png "approve")', 'approve'],
    ['![alt [words](approve)](https://example.com/p.png)', 'approve'],
    [`${'> '.repeat(40)}[words](https://example.com/approve)`, 'approve'],
    ['[run](javascript:x "approve")', 'approve'],
    ['```yaml approve\nkey: 1\n```', 'yaml approve'],
  ])('hides no title, no info string and no address: %s', (text, shown) => {
    expect(drawn(text).textContent).toContain(shown);
  });

  it.each(['> '.repeat(400), '- '.repeat(400), '*'.repeat(2_000), '['.repeat(2_000)])(
    'nests without end and is shown still: %.12s…',
    (nest) => {
      expect(drawn(`${nest}the end`).textContent).toContain('the end');
    },
  );
});

describe('a document', () => {
  it('shows a link as its words and its address, and none can be followed', () => {
    const shown = drawn('[the pool](https://example.com/pool) and https://example.com');
    expect(shown.textContent).toBe('the pool (https://example.com/pool) and https://example.com');
    expect(shown.querySelector('a')).toBeNull();
  });

  it('shows lists with their numbers, boxes and tables with a head', () => {
    const shown = drawn('4. four\n5. five\n\n- [x] done\n\n| a | b |\n| - | - |\n| c | d |');
    expect(shown.querySelector('ol')?.getAttribute('start')).toBe('4');
    expect(shown.textContent).toContain('☑ done');
    expect([...shown.querySelectorAll('th')].map(({ textContent }) => textContent)).toEqual(['a', 'b']);
    expect([...shown.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual(['c', 'd']);
  });
});
