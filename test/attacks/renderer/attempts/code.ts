import type { Attempt } from './attempt.ts';

/** Code that is no file of the app’s. */
export const CODE: Readonly<Record<string, Attempt>> = {
  eval: () => (globalThis as unknown as Record<'eval', (text: string) => unknown>).eval('1'),
  Function: () => new Function('return 1')(),
  'a timer with text': () =>
    new Promise((done) => {
      const world = globalThis as unknown as Record<string, unknown>;
      (setTimeout as unknown as (text: string) => void)('globalThis.byText = true');
      setTimeout(() => done(world.byText), 100);
    }),
  'a script of text': () => {
    const world = globalThis as unknown as Record<string, unknown>;
    const script = document.createElement('script');
    script.text = 'globalThis.byScript = true';
    document.body.append(script);
    return world.byScript;
  },
  'a handler of text': () => {
    const world = globalThis as unknown as Record<string, unknown>;
    const button = document.createElement('button');
    button.setAttribute('onclick', 'globalThis.byHandler = true');
    button.click();
    return world.byHandler;
  },
  'a fragment of text': () => document.createRange().createContextualFragment('<script>1</script>'),
  'markup of text': () => {
    document.createElement('div').innerHTML = '<b>x</b>';
    return 'made';
  },
  'document.write': () => {
    document.write('<script>1</script>');
    return 'written';
  },
  'a module from elsewhere': ({ http }) =>
    import(/* @vite-ignore */ `${http}/module.js`).then(() => 'loaded'),
  'a module of text': () =>
    import(/* @vite-ignore */ String('data:text/javascript,export default 1')).then(() => 'loaded'),
  'a policy for trusted types': () =>
    (
      globalThis as unknown as { trustedTypes: Record<string, (...given: unknown[]) => unknown> }
    ).trustedTypes.createPolicy?.('x', {}),
  WebAssembly: () =>
    WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'compiled'),
  'a worker of text': () =>
    new Promise((done) => {
      const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
      worker.onmessage = () => done('runs');
      worker.onerror = () => done(false);
    }),
  'a worker from elsewhere': ({ http }) => new SharedWorker(`${http}/worker.js`) && 'made',
  'a service worker': () => navigator.serviceWorker.register('/assets/x.js').then(() => 'registered'),
  'a worklet': ({ http }) =>
    new AudioContext().audioWorklet.addModule(`${http}/worklet.js`).then(() => 'loaded'),
};
