import bs58 from 'bs58';
import { z } from 'zod';
import { SipError } from '../errors.ts';
import { isProfileName } from '../profile/schema.ts';
import type { Address } from '../types.ts';
import type { Permission } from '../venues/squads/state.ts';

/** The setup file: what a deployment is to be. JSON; README.md shows one. */

const PERMISSIONS = ['initiate', 'vote', 'execute'] as const satisfies readonly Permission[];
const MASKS: Readonly<Record<Permission, number>> = { initiate: 1, vote: 2, execute: 4 };
/** Squads' own bound: three months. */
const MAX_TIME_LOCK_SECONDS = 90 * 24 * 60 * 60;
const U16_MAX = 2 ** 16 - 1;

const address = z
  .string()
  .refine((text) => {
    const bytes = text.length <= 44 ? bs58.decodeUnsafe(text) : undefined;
    return bytes?.length === 32 && bs58.encode(bytes) === text;
  }, 'not the canonical base58 form of 32 bytes')
  .transform((text) => text as Address);
/** null: nobody. */
const role = address.nullable();
const lamports = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,18})$/, 'not a decimal string of lamports')
  .transform(BigInt);
const permissions = z
  .array(z.enum(PERMISSIONS))
  .min(1, 'a member without permission is none')
  .refine((list) => new Set(list).size === list.length, 'a permission stands twice');

const schema = z
  .strictObject({
    schemaVersion: z.literal(1).default(1),
    /** Of the profile that setup writes. */
    name: z.string().refine(isProfileName, 'lower-case letters, digits and hyphens, at most 32'),
    members: z.array(z.strictObject({ key: address, permissions })).min(1, 'a council has members'),
    threshold: z.number().int().min(1).max(U16_MAX),
    timeLockSeconds: z.number().int().min(0).max(MAX_TIME_LOCK_SECONDS),
    /** Below these the program obeys the council no more. */
    floors: z.strictObject({
      minThreshold: z.number().int().min(1).max(U16_MAX),
      minTimeLockSeconds: z.number().int().min(0).max(MAX_TIME_LOCK_SECONDS),
    }),
    epochAdmin: role,
    guardian: role,
    gatekeeper: role,
    /** The vault is filled up to this: it pays the rent of what SIPs create. */
    vaultLamports: lamports,
    /** A council that exists already; it must be as the rest of the file says. */
    council: address.optional(),
    /** Keypair file that gives the new council its address, relative to this file; one of setup's own if left out. */
    createKey: z.string().min(1).optional(),
  })
  .superRefine((file, ctx) => {
    const refuse = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const { members, threshold, timeLockSeconds, floors } = file;
    const holders = (permission: Permission) =>
      members.filter((member) => member.permissions.includes(permission)).length;
    if (new Set(members.map(({ key }) => key)).size !== members.length)
      refuse('members', 'a key stands twice');
    for (const permission of PERMISSIONS)
      if (holders(permission) === 0) refuse('members', `nobody may ${permission}`);
    if (threshold > holders('vote')) refuse('threshold', `only ${holders('vote')} members may vote`);
    if (floors.minThreshold > threshold) refuse('floors', 'minThreshold is above the threshold');
    if (floors.minTimeLockSeconds > timeLockSeconds)
      refuse('floors', 'minTimeLockSeconds is above the time lock');
    if (file.council !== undefined && file.createKey !== undefined)
      refuse('createKey', 'an existing council needs none');
  });

export type SetupFile = z.output<typeof schema>;

/** @param file name for messages @throws SipError SETUP_FILE_INVALID */
export function parseSetupFile(bytes: Uint8Array, file: string): SetupFile {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new SipError('SETUP_FILE_INVALID', { file, detail: 'it is not JSON' }, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unreadable' };
  const detail = path.length === 0 ? message : `${path.join('.')}: ${message}`;
  throw new SipError('SETUP_FILE_INVALID', { file, detail });
}

export function maskOf(list: readonly Permission[]): number {
  return list.reduce((mask, permission) => mask | MASKS[permission], 0);
}
