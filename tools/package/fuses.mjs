// Electron's fuses: what the shipped executable can never be talked into, whatever its arguments and environment say.
import electronFuses from '@electron/fuses';
import { Failure } from '../lib/failure.mjs';

const { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } = electronFuses;

/** One byte a fuse, as Electron's wire has them. */
const STATES = { 0: 'off', 1: 'on' };

/** Every fuse there is, and why it stands as it does. A runtime with one more is refused until it is decided here. */
export const FUSES = {
  RunAsNode: { on: false, why: 'ELECTRON_RUN_AS_NODE would make a Node.js of it' },
  EnableCookieEncryption: { on: true, why: 'no cookie is used; one that were would be encrypted' },
  EnableNodeOptionsEnvironmentVariable: { on: false, why: 'NODE_OPTIONS would load code of others' },
  EnableNodeCliInspectArguments: {
    on: false,
    why: '--inspect would open the main process to any local program',
  },
  EnableEmbeddedAsarIntegrityValidation: {
    on: true,
    why: 'checked on macOS and Windows; Linux has no such check',
  },
  OnlyLoadAppFromAsar: { on: true, why: 'a folder named app beside the archive is not loaded instead of it' },
  LoadBrowserProcessSpecificV8Snapshot: { on: false, why: 'there is none of our own' },
  GrantFileProtocolExtraPrivileges: { on: false, why: 'no page is loaded from file://' },
};

const optionOf = (name) => FuseV1Options[name];

/** Sets all of them. @param {string} executable @throws Failure where the runtime has a fuse that is not decided here */
export async function setFuses(executable) {
  const switches = Object.fromEntries(Object.entries(FUSES).map(([name, { on }]) => [optionOf(name), on]));
  try {
    await flipFuses(executable, { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...switches });
  } catch (error) {
    throw new Failure(`The fuses of the runtime could not be set: ${error.message}`, { cause: error });
  }
}

/**
 * Reads every fuse of the wire back.
 * @returns {Promise<{ name: string, state: string, wanted: string, ok: boolean }[]>}
 */
export async function readFuses(executable) {
  const { version: _, ...wire } = await getCurrentFuseWire(executable);
  return Object.entries(wire).map(([index, state]) => {
    const name = FuseV1Options[index] ?? `fuse ${index}`;
    const wanted = FUSES[name] === undefined ? 'not decided' : FUSES[name].on ? 'on' : 'off';
    const found = STATES[String.fromCharCode(state)] ?? 'removed';
    return { name, state: found, wanted, ok: found === wanted };
  });
}

/** @throws Failure naming each fuse that is not as it should be */
export async function checkFuses(executable) {
  const fuses = await readFuses(executable);
  const wrong = fuses.filter(({ ok }) => !ok);
  const missing = Object.keys(FUSES).filter((name) => !fuses.some((fuse) => fuse.name === name));
  if (wrong.length + missing.length > 0)
    throw new Failure(
      `The fuses are not as they should be: ${[...wrong.map(({ name, state, wanted }) => `${name} is ${state}, wanted ${wanted}`), ...missing.map((name) => `${name} is missing`)].join('; ')}.`,
    );
  return fuses;
}
