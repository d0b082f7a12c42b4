import { type ChildProcess, fork } from 'node:child_process';
import type { Bundle } from './bundle.ts';
import type { Answer, Setup, Task } from './worker.ts';

const LOADING_MS = 60_000;
const SAID = 2_000;

/** A worker's process, and what came of what it was asked: null where it ended or did not answer in time. */
export class Worker {
  private readonly child: ChildProcess;
  private readonly answers: Answer[] = [];
  private waiting: ((answer: Answer | null) => void) | null = null;
  private ended = false;
  /** The end of what it wrote on standard error. */
  said = '';
  readonly ready: Promise<boolean>;

  /** @param empty loads nothing before it is asked to */
  constructor(bundle: Bundle, env: NodeJS.ProcessEnv, empty = false) {
    const { tests, first, again } = bundle;
    const setup: Setup = { tests, first, again, empty };
    this.child = fork(bundle.worker, [JSON.stringify(setup)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...env },
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-SAID);
    });
    this.child.on('message', (answer: Answer) => this.give(answer));
    this.child.once('exit', () => {
      this.ended = true;
      this.give(null);
    });
    this.ready = this.next(LOADING_MS).then((answer) => answer !== null);
  }

  async ask(task: Task, withinMs: number): Promise<Answer | null> {
    if (!(await this.ready) || this.ended) return null;
    this.child.send(task);
    return await this.next(withinMs);
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  private give(answer: Answer | null): void {
    if (this.waiting !== null) this.waiting(answer);
    else if (answer !== null) this.answers.push(answer);
  }

  private next(withinMs: number): Promise<Answer | null> {
    const early = this.answers.shift();
    if (early !== undefined || this.ended) return Promise.resolve(early ?? null);
    return new Promise((resolve) => {
      const done = (answer: Answer | null) => {
        clearTimeout(late);
        this.waiting = null;
        resolve(answer);
      };
      const late = setTimeout(() => done(null), withinMs);
      this.waiting = done;
    });
  }
}
