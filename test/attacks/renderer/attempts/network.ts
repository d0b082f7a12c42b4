import type { Anything, Attempt } from './attempt.ts';

/** What would take something out of the computer; the sinks tell what arrives. */
export const NETWORK: Readonly<Record<string, Attempt>> = {
  fetch: ({ http }) => fetch(`${http}/fetch`, { mode: 'no-cors' }).then(() => 'fetched'),
  'fetch of a file': () => fetch('file:///etc/passwd').then(() => 'fetched'),
  'fetch of the app’s own code': () => fetch('app://console/../main/index.js').then(() => 'fetched'),
  XMLHttpRequest: ({ http }) =>
    new Promise((done) => {
      const request = new XMLHttpRequest();
      request.onloadend = () => done(request.status > 0);
      request.open('GET', `${http}/xhr`);
      request.send();
    }),
  'a beacon': ({ http }) => void navigator.sendBeacon(`${http}/beacon`, 'x'),
  WebSocket: ({ http }) =>
    new Promise((done) => {
      const socket = new WebSocket(`${http.replace('http', 'ws')}/socket`);
      socket.onopen = () => done('open');
      socket.onerror = () => done(false);
    }),
  EventSource: ({ http }) =>
    new Promise((done) => {
      const source = new EventSource(`${http}/events`);
      source.onopen = () => done('open');
      source.onerror = () => done(source.close());
    }),
  WebTransport: ({ http }) =>
    new (
      globalThis as unknown as Record<'WebTransport', new (url: string) => { ready: Promise<unknown> }>
    ).WebTransport(`${http.replace('http', 'https')}/transport`).ready.then(() => 'open'),
  'a direct connection by STUN and TURN': ({ host, port }) =>
    new Promise((done) => {
      const urls = [
        `stun:${host}:${port}`,
        `turn:${host}:${port}?transport=udp`,
        `turn:${host}:${port}?transport=tcp`,
      ];
      const peer = new RTCPeerConnection({ iceServers: [{ urls, username: 'stolen', credential: 'x' }] });
      peer.createDataChannel('x');
      peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && done(peer.close());
      void peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    }),
  'an image': ({ http }) =>
    new Promise((done) => {
      const image = new Image();
      image.onload = () => done('loaded');
      image.onerror = () => done(false);
      image.src = `${http}/image.png`;
    }),
  'links that load ahead': ({ http }) => {
    for (const rel of [
      'preconnect',
      'prefetch',
      'prerender',
      'preload',
      'stylesheet',
      'icon',
      'manifest',
      'modulepreload',
    ]) {
      const link = document.createElement('link');
      Object.assign(link, { rel, as: 'image', href: `${http}/${rel}` });
      document.head.append(link);
    }
  },
  'rules for loading ahead': ({ http }) => {
    const script = document.createElement('script');
    script.type = 'speculationrules';
    script.textContent = JSON.stringify({ prerender: [{ source: 'list', urls: [`${http}/rules`] }] });
    document.head.append(script);
  },
  'a style and a font': ({ http }) => {
    document.body.style.backgroundImage = `url(${http}/style.png)`;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `* { list-style: url(${http}/sheet.png) } @font-face { font-family: q; src: url(${http}/f) }`,
    );
    document.adoptedStyleSheets.push(sheet);
    return new FontFace('r', `url(${http}/font)`).load().then(() => 'loaded');
  },
  'media, tracks and icons': ({ http }) => {
    for (const [tag, name] of [
      ['video', 'src'],
      ['video', 'poster'],
      ['audio', 'src'],
      ['embed', 'src'],
      ['object', 'data'],
      ['input', 'src'],
    ] as const) {
      const element = document.createElement(tag);
      element.setAttribute('type', tag === 'input' ? 'image' : '');
      element.setAttribute(name, `${http}/${tag}`);
      document.body.append(element);
    }
  },
  'a form': ({ http }) => {
    const form = document.createElement('form');
    Object.assign(form, { action: `${http}/form`, method: 'post' });
    document.body.append(form);
    form.submit();
  },
  'a ping of a link': ({ http }) => {
    const link = document.createElement('a');
    Object.assign(link, { href: '#/about', ping: `${http}/ping` });
    document.body.append(link);
    link.click();
  },
  'a download': ({ http }) => {
    for (const href of [`${http}/download`, 'data:text/plain,x', URL.createObjectURL(new Blob(['x']))]) {
      const link = document.createElement('a');
      Object.assign(link, { href, download: 'council-attack.txt' });
      document.body.append(link);
      link.click();
    }
  },
  'an endpoint of its own': async ({ http }) => {
    const { council } = globalThis as unknown as { council: Anything };
    const key = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
    await council.call?.('profiles.add', {
      name: 'own',
      endpoints: [`${http}/stolen`],
      council: key,
      programId: key,
    });
  },
  'a frame of its own': ({ http }) =>
    new Promise((done) => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const inside = frame.contentWindow as unknown as {
        fetch: typeof fetch;
        council?: unknown;
        require?: unknown;
      };
      if (inside.council || inside.require) done('has the bridge');
      inside.fetch(`${http}/frame`, { mode: 'no-cors' }).then(
        () => done('fetched'),
        () => done(false),
      );
    }),
  'frames that load': ({ http }) => {
    for (const src of [
      `${http}/iframe`,
      'file:///etc/passwd',
      'app://console/confirm.html',
      'data:text/html,x',
      'chrome://gpu',
    ]) {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
    }
  },
  'a webview': ({ http }) => {
    const view = document.createElement('webview');
    view.setAttribute('src', `${http}/webview`);
    view.setAttribute('nodeintegration', '');
    document.body.append(view);
    return 'getWebContentsId' in view;
  },
};
