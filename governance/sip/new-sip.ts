import { SECTION_NAMES, type SectionName, type SipHeader, type SipStatus } from './document.ts';
import { guidanceFor } from './guidance.ts';
import { render } from './render.ts';

export interface NewSip extends Omit<SipHeader, 'status' | 'updated'> {
  /** Draft unless said otherwise. */
  readonly status?: SipStatus;
  /** YYYY-MM-DD; the day of Created unless said otherwise. */
  readonly updated?: string;
  /** Unix seconds; at most 90 days after Updated. */
  readonly validUntil: bigint;
  readonly actions: readonly { readonly kind: string; readonly params: unknown }[];
  /** Text that stands already; the other sections get guidance, which lint refuses until it is replaced. */
  readonly sections?: Partial<Readonly<Record<SectionName, string>>>;
}

/** A fresh document as Markdown. Judges nothing: lint the result. */
export function newSip(input: NewSip): string {
  const { status = 'Draft', updated = input.created, sections = {} } = input;
  return render({
    header: { ...input, status, updated },
    sections: SECTION_NAMES.map((name) => ({ name, markdown: sections[name] ?? guidanceFor(name) })),
    validUntil: input.validUntil,
    actions: input.actions,
  });
}
