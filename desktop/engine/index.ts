import { answered } from '#desktop/shared/envelope.ts';
import { type Link, openLink } from '#desktop/shared/link.ts';
import { Engine, type Folders } from './engine.ts';
import { freeSoon } from './memory.ts';
import { outsideOf } from './outside.ts';

/** The engine's process: what main asks goes to the engine, what the engine can't do goes to main. */

const folders = JSON.parse(process.argv[2] ?? '{}') as Folders;
const link: Link = openLink(
  {
    post: (message) => process.parentPort.postMessage(message),
    onMessage: (listener) => void process.parentPort.on('message', ({ data }) => listener(data)),
  },
  async (what, payload) => {
    if (what === 'network.gone') {
      outside.networkGone();
      return answered(null);
    }
    if (what === 'notices') return answered(await engine.notices());
    if (what !== 'stop') return engine.answer(what, payload);
    await engine.stop();
    return answered(null);
  },
);
const outside = outsideOf(() => link);
const engine = new Engine(folders, outside);
void engine.start().then(freeSoon);
