// No file of the repository tells where it was made: paths of one machine, private hosts, folders outside the clone.
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { projectRoot } from '../lib/paths.mjs';
import { ask } from '../lib/run.mjs';

const PATTERNS = [
  {
    what: "a path of somebody's machine",
    pattern: /(?<![\w.~:/-])\/(?:root|work|home\/\w+|Users\/\w+)\/[\w.-]+/,
  },
  { what: "a path of somebody's machine", pattern: /\b[A-Z]:\\Users\\/ },
  {
    what: 'a private address',
    pattern: /(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])/,
  },
  {
    what: 'a private package registry',
    pattern: /https?:\/\/(?!registry\.npmjs\.org)[\w.-]*(?:registry|artifactory|nexus|mirror)[\w.-]*[:/]/,
  },
];
const BINARY = /\.(png|jpe?g|gif|ico|so|woff2?|wasm|sipz)$/;
/** Names of packages and hashes only; both are checked by lockfiles.mjs. */
const SKIPPED = /(^|\/)(package-lock\.json|Cargo\.lock)$/;

/** Paths, relative to the root, of what is or would be committed. */
function repositoryFiles() {
  const listed = ask('git', [
    '-C',
    projectRoot,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  if (listed === undefined) throw new Failure('git could not list the files of the clone.');
  return listed.split('\0').filter((name) => name !== '' && fs.existsSync(path.join(projectRoot, name)));
}

/** Relative paths in documentation that leave the clone. */
function leavesClone(name, line) {
  if (!name.endsWith('.md')) return undefined;
  for (const [found] of line.matchAll(/(?:\.\.\/)+[\w./-]+/g)) {
    const target = path.resolve(projectRoot, path.dirname(name), found);
    if (path.relative(projectRoot, target).startsWith('..')) return found;
  }
  return undefined;
}

export function hygieneProblems() {
  const problems = [];
  for (const name of repositoryFiles()) {
    if (BINARY.test(name) || SKIPPED.test(name)) continue;
    const lines = fs.readFileSync(path.join(projectRoot, name), 'utf8').split('\n');
    lines.forEach((line, i) => {
      for (const { what, pattern } of PATTERNS) {
        const found = pattern.exec(line)?.[0];
        if (found) problems.push(`${name}:${i + 1} names ${what}: ${found}`);
      }
      const outside = leavesClone(name, line);
      if (outside) problems.push(`${name}:${i + 1} points out of the clone: ${outside}`);
    });
  }
  return problems;
}
