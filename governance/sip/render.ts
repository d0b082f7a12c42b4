import { renderTime } from '../times.ts';
import { ACTIONS_FENCE } from './actions-block.ts';
import { HEADER_KEYS, type Sip, type SipHeader, type SipSection, TITLE_LINE } from './document.ts';
import { renderYaml } from './render-yaml.ts';

/** What a SIP says, without what follows from it. */
export interface SipContent {
  readonly header: SipHeader;
  readonly sections: readonly SipSection[];
  /** Unix seconds. */
  readonly validUntil: bigint;
  readonly actions: readonly { readonly kind: string; readonly params: unknown }[];
}

/**
 * A SIP as Markdown. The first rendering puts blank lines and the actions block into one form (comments in the block
 * are lost); a second one changes nothing, nor does it change the digest.
 */
export function render(content: Sip | SipContent): string {
  const block = renderBlock(content);
  const sections = content.sections.map(({ name, markdown }) => {
    const text = name === 'Specification' ? withBlock(markdown, block) : markdown;
    return `## ${name}\n\n${text}\n`;
  });
  return `${TITLE_LINE}\n\n${renderHeader(content.header)}\n${sections.join('\n')}`;
}

function renderHeader(header: SipHeader): string {
  const { sip, title, authors, status, type, category, created, updated } = header;
  const values = [sip, title, authors, status, type, category, created, updated];
  return HEADER_KEYS.map((key, i) => `${key}: ${values[i]}\n`).join('');
}

/** The fenced block, without a line end after it. */
export function renderBlock(content: Pick<SipContent, 'validUntil' | 'actions'>): string {
  const actions = content.actions.map(({ kind, params }) => ({ action: kind, ...(params as object) }));
  const yaml = renderYaml({ 'valid-until': renderTime(content.validUntil), actions });
  return `${ACTIONS_FENCE}\n${yaml}\`\`\``;
}

/** Puts the block where the old one stands, or at the end. */
function withBlock(markdown: string, block: string): string {
  const lines = markdown.split('\n');
  const open = lines.indexOf(ACTIONS_FENCE);
  if (open < 0) return markdown === '' ? block : `${markdown}\n\n${block}`;
  const close = lines.findIndex((line, i) => i > open && /^ {0,3}`{3,}$/.test(line));
  return [...lines.slice(0, open), block, ...lines.slice(close < 0 ? lines.length : close + 1)].join('\n');
}
