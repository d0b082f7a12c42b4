import type { Digest, UnixSeconds } from '../types.ts';

/** The first line of every SIP, as in Solayer's template. */
export const TITLE_LINE = '# Solayer Improvement Proposal (SIP)';

export const HEADER_KEYS = [
  'SIP',
  'Title',
  'Authors',
  'Status',
  'Type',
  'Category',
  'Created',
  'Updated',
] as const;
export type HeaderKey = (typeof HEADER_KEYS)[number];

export const SECTION_NAMES = [
  'Simple Summary',
  'Abstract',
  'Motivation',
  'Specification',
  'Test Cases',
  'Implementation',
  'Security Considerations',
  'References',
] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** The three questions every SIP answers under `## Security Considerations`, each as an H3. */
export const SECURITY_QUESTIONS = [
  'What issues does this proposal introduce?',
  'How does it affect the security of the protocol?',
  'Which attacks are known, and how are they mitigated?',
] as const;

/** Up to Review the author writes the status; from Submitted on the chain tells it and the file only repeats it. */
export const STATUSES = [
  'Draft',
  'Review',
  'Submitted',
  'Approved',
  'Executed',
  'Activated',
  'Rejected',
  'Cancelled',
  'Void',
  'Partial',
  'Withdrawn',
  'Stagnant',
  'Superseded',
] as const;
export type SipStatus = (typeof STATUSES)[number];

export const TYPES = ['Standards Track', 'Meta', 'Informational'] as const;
export type SipType = (typeof TYPES)[number];

/** The template's fourth category, ERC, is left over from EIP-1 and means nothing on Solana: it is refused. */
export const CATEGORIES = ['Core', 'Networking', 'Interface'] as const;
export type SipCategory = (typeof CATEGORIES)[number];

/** SIP-1 exists (Solayer's inflation schedule); the file name holds four digits. */
export const FIRST_SIP = 2;
export const LAST_SIP = 9999;
/** `valid-until` counts from midnight UTC at the start of the day in Updated. */
export const MAX_VALID_DAYS = 90;

export interface ParsedAction {
  readonly kind: string;
  /** What the action module's schema made of the mapping; typed by that schema. */
  readonly params: unknown;
  /** Line of the action in the file, from 1. */
  readonly line: number;
}

export interface SipHeader {
  readonly sip: number;
  readonly title: string;
  readonly authors: string;
  readonly status: SipStatus;
  readonly type: SipType;
  readonly category: SipCategory;
  /** YYYY-MM-DD */
  readonly created: string;
  /** YYYY-MM-DD */
  readonly updated: string;
}

export interface SipSection {
  readonly name: SectionName;
  /** Text below the heading, blank lines at both ends removed; Specification keeps its actions block. */
  readonly markdown: string;
}

export interface Sip {
  readonly file: string;
  /** The file as read, before any normalisation. */
  readonly text: string;
  readonly header: SipHeader;
  readonly sections: readonly SipSection[];
  readonly validUntil: UnixSeconds;
  readonly actions: readonly ParsedAction[];
  readonly digest: Digest;
}

export interface LintFinding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly level: 'error' | 'warning';
  /** kebab-case, stable: scripts match on it. */
  readonly code: string;
  readonly message: string;
  readonly help: string;
}
