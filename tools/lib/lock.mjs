// One process at a time: lock files that survive a killed holder.
import fs from 'node:fs';
import path from 'node:path';
import { readJson } from './files.mjs';
import { say } from './say.mjs';

const held = new Map();
process.on('exit', () => {
  for (const [file, token] of held) if (readJson(file)?.token === token) fs.rmSync(file, { force: true });
});

/** When the process began, in clock ticks since boot (Linux), so that a reused pid is not taken for the holder. */
function bornAt(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return '';
  }
}

function alive({ pid, born }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !born || bornAt(pid) === born;
}

/** Puts `content` at `file` if nothing is there, whole from the first moment on: link never replaces. */
function createWhole(file, content) {
  const beside = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
  fs.writeFileSync(beside, content);
  try {
    fs.linkSync(beside, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(beside, { force: true });
  }
}

/** Removes the lock of a dead holder; a second, short-lived lock keeps two waiters from removing each other's. */
function clearDead(file, dead) {
  const breaker = `${file}.break`;
  const stat = fs.statSync(breaker, { throwIfNoEntry: false });
  if (stat && Date.now() - stat.mtimeMs > 10_000) fs.rmSync(breaker, { force: true });
  if (!createWhole(breaker, '')) return;
  try {
    if (readJson(file)?.token === dead.token) fs.rmSync(file, { force: true });
  } finally {
    fs.rmSync(breaker, { force: true });
  }
}

/**
 * Runs `work` while holding the lock; waits for another living holder and says for whom.
 * @template T
 * @param {string} file @param {string} what in words, for the waiting line @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, what, work) {
  if (held.has(file)) return work();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const token = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const mine = JSON.stringify({ pid: process.pid, born: bornAt(process.pid), token, what });
  const from = Date.now();
  let told = 0;
  while (!createWhole(file, mine)) {
    const holder = readJson(file);
    if (holder && !alive(holder)) {
      clearDead(file, holder);
      continue;
    }
    if (Date.now() - from >= told * 15_000 + 300) {
      say(`waiting for another process${holder ? ` (pid ${holder.pid})` : ''}: ${holder?.what ?? what}`);
      told++;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  held.set(file, token);
  try {
    return await work();
  } finally {
    held.delete(file);
    if (readJson(file)?.token === token) fs.rmSync(file, { force: true });
  }
}
