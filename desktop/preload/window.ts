import { contextBridge, ipcRenderer } from 'electron';

/** All that the window's page can reach. Names and shapes are checked in main/calls.ts, where the page can't change them. */
contextBridge.exposeInMainWorld('council', {
  call: (name: unknown, request: unknown) => ipcRenderer.invoke('call', String(name), request),
  onRoute(listener: (route: string) => void) {
    const heard = (_event: unknown, route: string) => listener(route);
    ipcRenderer.on('route', heard);
    return () => void ipcRenderer.off('route', heard);
  },
});
