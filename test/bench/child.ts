import { spawn } from 'node:child_process';

/** Runs Node to its end. @returns what it wrote @throws where it ends with anything but 0 */
export function runNode(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text.out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text.err += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(text.out);
      else reject(new Error(`node ${args.join(' ')} ended with ${code}:\n${text.err}${text.out}`));
    });
  });
}
