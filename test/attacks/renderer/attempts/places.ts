import type { Attempt } from './attempt.ts';

/** Other pages, in this window or in one of their own. */
export const PLACES: Readonly<Record<string, Attempt>> = {
  'a window elsewhere': ({ http }) => window.open(`${http}/open`),
  'a window of the app’s': () => window.open('app://console/confirm.html'),
  'a window without a page': () =>
    window.open('about:blank', '_blank', 'nodeIntegration=yes,preload=/etc/passwd,width=9'),
  'a window of text': () =>
    window.open('javascript:1') ?? window.open('data:text/html,x') ?? window.open('file:///etc/passwd'),
  'a link to a new window': ({ http }) => {
    const link = document.createElement('a');
    Object.assign(link, { href: `${http}/blank`, target: '_blank', rel: 'opener' });
    document.body.append(link);
    link.click();
  },
  'elsewhere by location': ({ http }) => void location.assign(`${http}/location`),
  'to a file': () => void location.assign('file:///etc/passwd'),
  'to a text': () => void location.replace('data:text/html,x'),
  'to a blob': () =>
    void location.assign(URL.createObjectURL(new Blob(['<script>1</script>'], { type: 'text/html' }))),
  'to a script': () => void location.assign('javascript:globalThis.byLocation=1'),
  'to the confirm page': () => void location.assign('app://console/confirm.html'),
  'to a page of the browser’s': () => void location.assign('devtools://devtools/bundled/inspector.html'),
  'by a refresh': ({ http }) => {
    const meta = document.createElement('meta');
    Object.assign(meta, { httpEquiv: 'refresh', content: `0;url=${http}/refresh` });
    document.head.append(meta);
  },
  'by the navigation API': ({ http }) => {
    const { navigation } = globalThis as unknown as { navigation: { navigate(url: string): void } };
    navigation.navigate(`${http}/navigation`);
  },
};
