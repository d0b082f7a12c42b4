import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, it, vi } from 'vitest';

const child = vi.hoisted(() => ({ current: undefined as unknown }));
vi.mock('electron', () => ({ utilityProcess: { fork: () => child.current } }));
const { startProcess } = await import('./process.ts');

it('passes on what a process writes line by line, and no place in it', async () => {
  const stderr = new PassThrough();
  child.current = Object.assign(new EventEmitter(), { stderr });
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  startProcess('engine.js', 'engine');
  // A path may come in two pieces, and the last line without an end.
  for (const piece of [
    'Error: no /srv/PLA',
    'NTED/data/x.json\n    at start (file:///srv/PLANTED/engine.js:1:2)',
    '\nbye',
  ])
    stderr.write(piece);
  stderr.end();
  await finished(stderr);
  await vi.waitFor(() => expect(written).toHaveBeenCalledTimes(3));
  const lines = written.mock.calls.map(([line]) => line);
  written.mockRestore();
  expect(lines).toEqual(['Error: no x.json\n', '    at start (engine.js:1:2)\n', 'bye\n']);
});
