import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode, SipError } from '#governance/errors.ts';
import { failureOf } from './failure.ts';
import { COMMAND_LINE_ONLY } from './remedies.ts';

/** What only somebody at a command line can do. */
const COMMAND = /"sip |--[a-z]|\bcommand\b|node tools/;
const FACTS = { file: 'x.md', act: 'approve', permission: 'vote', sent: 'no', now: 0n, target: 0n };
const CODES = Object.keys(ERRORS) as ErrorCode[];
const speaksOfCommands = (code: ErrorCode) => COMMAND.test(new SipError(code, FACTS).remedy);

describe('what to do in the window', () => {
  it.each(CODES.filter((code) => !COMMAND_LINE_ONLY.includes(code)))('%s names no command', (code) => {
    const { remedy } = failureOf(new SipError(code, FACTS));
    expect(remedy).not.toMatch(COMMAND);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('is left to the command line for errors of its own commands alone', () => {
    expect(COMMAND_LINE_ONLY.filter((code) => !speaksOfCommands(code))).toEqual([]);
  });

  it('keeps the error’s own words where they fit', () => {
    const error = new SipError('FILE_UNREADABLE', { path: 'x', reason: 'no' });
    expect(failureOf(error).remedy).toBe(error.remedy);
  });
});
