import { app, type Session, session } from 'electron';
import { ORIGIN } from './pages.ts';

/** What no page of the app may ever do; SECURITY.md lists it by Electron's own check list. */
export function lockDown(): void {
  // Names and addresses that no request handler is asked about: of links that resolve ahead, of WebRTC's TURN. Before `ready`.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.on('web-contents-created', (_event, contents) => {
    // WebRTC is under no content security policy and no request handler: without a proxy it sends no datagram.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** After `ready`. */
export function lockSession(of: Session = session.defaultSession): void {
  of.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  of.setPermissionCheckHandler(() => false);
  of.setDevicePermissionHandler(() => false);
  // A page has nothing to ask of any network, this computer's included.
  of.webRequest.onBeforeRequest((details, decide) => {
    const own = details.url.startsWith(`${ORIGIN}/`) || details.url.startsWith('devtools://');
    decide({ cancel: !own });
  });
  of.on('will-download', (event) => event.preventDefault());
}
