// Runs vitest and counts what it ran.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readJson } from '../lib/files.mjs';
import { inProject, projectRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';

/**
 * @param {readonly string[]} args file filters and options of vitest
 * @returns {Promise<{ passed: number, failed: number, notes: string[] }>}
 */
export async function runVitest(args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solayer-council-test-'));
  const report = path.join(folder, 'vitest.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const command = [inProject('node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args];
    const env = { ...process.env, SIP_PROJECT: projectRoot };
    const { code } = await run(process.execPath, command, { cwd: projectRoot, env, show: true });
    return count(readJson(report), code);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that could not be loaded and an error outside of any test each count as one that failed. */
function count(report, code) {
  if (!report) return { passed: 0, failed: 1, notes: [`vitest ended with ${code} and left no report`] };
  const notes = [];
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  );
  for (const file of unloaded)
    notes.push(
      `${path.relative(projectRoot, file.name)}: ${(file.message || 'failed outside of its tests').split('\n')[0]}`,
    );
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) notes.push(`${skipped} tests were skipped`);
  const passed = report.numPassedTests;
  let failed = report.numFailedTests + unloaded.length;
  if (code !== 0 && failed === 0) {
    failed = 1;
    notes.push(`vitest ended with ${code} although no test failed: see above`);
  }
  if (passed === 0 && failed === 0) {
    failed = 1;
    notes.push('vitest ran no test');
  }
  return { passed, failed, notes };
}
