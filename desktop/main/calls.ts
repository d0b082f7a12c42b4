import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import {
  type CallName,
  CONTRACT,
  type MainCall,
  type Request,
  type Response,
} from '#desktop/shared/contract.ts';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import type { Link } from '#desktop/shared/link.ts';
import { withoutPlaces } from '#desktop/shared/places.ts';
import type { Failure } from '#desktop/shared/views/index.ts';
import { ORIGIN } from './pages.ts';

export type MainHandlers = { readonly [N in MainCall]: (request: Request<N>) => Promise<Response<N>> };

export type Call = (event: IpcMainInvokeEvent, name: unknown, request: unknown) => Promise<Envelope<unknown>>;

/**
 * The one door between the window and everything else: sender, name, request and answer are checked here for every call.
 * @param engine answers what main does not
 */
export function answerCalls(
  window: () => BrowserWindow | null,
  handlers: MainHandlers,
  engine: Pick<Link, 'ask'>,
): Call {
  return async (event, name, request) => {
    if (!isOurs(event, window())) return refused('CALL_REFUSED', 'The call did not come from the window.');
    if (typeof name !== 'string' || !Object.hasOwn(CONTRACT, name))
      return refused('CALL_UNKNOWN', 'The window asked for something that does not exist.');
    const entry = CONTRACT[name as CallName];
    const asked = entry.request.safeParse(request);
    if (!asked.success) return refused('CALL_MALFORMED', `The request ${name} does not have its shape.`);
    const envelope =
      entry.home === 'main'
        ? await own(handlers, name as MainCall, asked.data)
        : await engine.ask(name, asked.data);
    if (!envelope.ok) return failed(plain(envelope.error));
    const answer = entry.response.safeParse(envelope.value);
    if (answer.success) return answered(answer.data);
    return refused(
      'ANSWER_MALFORMED',
      `The answer to ${name} does not have its shape: ${answer.error.issues[0]?.path.join('.')}.`,
    );
  };
}

function isOurs({ sender, senderFrame }: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  if (window === null || sender !== window.webContents || senderFrame !== sender.mainFrame) return false;
  const [address] = senderFrame.url.split('#');
  return address === `${ORIGIN}/index.html`;
}

async function own(handlers: MainHandlers, name: MainCall, request: unknown): Promise<Envelope<unknown>> {
  try {
    const handler = handlers[name] as (request: unknown) => Promise<unknown>;
    return answered(await handler(request));
  } catch {
    return refused('INTERNAL', `The console could not do ${name}.`);
  }
}

/** The engine's failures come without places; this holds for every other process's as well. */
const plain = ({ message, remedy, ...rest }: Failure): Failure => ({
  ...rest,
  message: withoutPlaces(message),
  remedy: withoutPlaces(remedy),
});

const refused = (code: string, message: string): Envelope<never> =>
  failed({ code, message, sent: 'no', remedy: 'Start the console again; report this if it comes back.' });
