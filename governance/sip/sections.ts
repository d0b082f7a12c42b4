import type { Heading, Outline } from './blocks.ts';
import { SECTION_NAMES, SECURITY_QUESTIONS, type SectionName, type SipSection } from './document.ts';
import { type Findings, nearest, quote } from './findings.ts';
import { isGuidance } from './guidance.ts';

export interface SectionReading extends SipSection {
  /** Lines of the section as [first, beyond], indexes from 0, without its heading. */
  readonly range: readonly [number, number];
}

/** An abstract is "about 200 words"; well beyond that the reader is told. */
const LONG_ABSTRACT = 300;

/** Reads the eight H2 sections, in order, each with text in it. `start` is the index after the header. */
export function readSections(
  lines: readonly string[],
  outline: Outline,
  start: number,
  findings: Findings,
): readonly SectionReading[] {
  const tops = outline.headings.filter((heading) => heading.level <= 2);
  for (const extra of tops.filter((heading) => heading.level === 1).slice(1)) {
    findings.error(
      { line: extra.line, column: 1 },
      'heading-level',
      'A SIP has one H1, its first line.',
      'Use ### for headings inside a section.',
    );
  }
  checkBeforeSections(lines, start, tops, findings);
  const found = new Map<SectionName, SectionReading>();
  tops.forEach((heading, i) => {
    if (heading.level === 1) return;
    const name = sectionName(heading, findings);
    if (name === undefined) return;
    const earlier = found.get(name);
    if (earlier !== undefined) {
      findings.error(
        { line: heading.line, column: 1 },
        'section-duplicate',
        `"## ${name}" stands twice.`,
        `Join it with the one on line ${earlier.range[0]}.`,
      );
      return;
    }
    const range = [heading.line, (tops[i + 1]?.line ?? lines.length + 1) - 1] as const;
    const markdown = trimBlankLines(lines.slice(...range)).join('\n');
    if (markdown === '') {
      findings.error(
        { line: heading.line, column: 1 },
        'section-empty',
        `"## ${name}" has no text.`,
        'Fill it in; where there is nothing to say, say in a sentence why.',
      );
    }
    found.set(name, { name, markdown, range });
  });
  checkComplete(found, lines.length, findings);
  checkQuestions(found.get('Security Considerations'), lines, outline, findings);
  checkAbstract(found.get('Abstract'), findings);
  return SECTION_NAMES.flatMap((name) => found.get(name) ?? []);
}

function sectionName(heading: Heading, findings: Findings): SectionName | undefined {
  const name = SECTION_NAMES.find((known) => known === heading.text);
  if (name !== undefined) return name;
  const meant = nearest(heading.text.replace(/[\s#]+$/, ''), SECTION_NAMES);
  findings.error(
    { line: heading.line, column: 1 },
    'section-unknown',
    `A SIP has no section ${quote(heading.text)}.`,
    meant === undefined
      ? `Its sections are ${SECTION_NAMES.join(', ')}; use ### for headings inside them.`
      : `Did you mean "## ${meant}"?`,
  );
  return undefined;
}

function checkBeforeSections(
  lines: readonly string[],
  start: number,
  tops: readonly Heading[],
  findings: Findings,
): void {
  const first = (tops.find((heading) => heading.level === 2)?.line ?? start + 1) - 1;
  // The line right after the header is the header's own affair.
  const blank = lines.indexOf('', start);
  if (blank < 0) return;
  const stray = lines.findIndex((line, i) => i > blank && i < first && line !== '');
  if (stray < 0) return;
  findings.error(
    { line: stray + 1, column: 1 },
    'text-before-sections',
    'Text stands between the header and the first section.',
    `Move it under "## ${SECTION_NAMES[0]}".`,
  );
}

function checkComplete(
  found: ReadonlyMap<SectionName, SectionReading>,
  lineCount: number,
  findings: Findings,
): void {
  let previous: SectionReading | undefined;
  SECTION_NAMES.forEach((name, i) => {
    const section = found.get(name);
    if (section === undefined) {
      findings.error(
        { line: lineCount, column: 1 },
        'section-missing',
        `The section "## ${name}" is missing.`,
        i === 0 ? 'It is the first section.' : `It comes after "## ${SECTION_NAMES[i - 1]}".`,
      );
      return;
    }
    if (previous !== undefined && section.range[0] < previous.range[0]) {
      findings.error(
        { line: section.range[0], column: 1 },
        'section-order',
        `"## ${name}" comes after "## ${previous.name}", not before it.`,
        `The order is ${SECTION_NAMES.join(', ')}.`,
      );
      return;
    }
    previous = section;
  });
}

/** Words that are no answer to "what could go wrong?". */
const EVASIONS = /^(?:none|no|nothing|n\/?a|tbd|todo|not applicable|unknown|yes|-|\.\.\.|…)[.!]?$/i;

function checkQuestions(
  section: SectionReading | undefined,
  lines: readonly string[],
  outline: Outline,
  findings: Findings,
): void {
  if (section === undefined) return;
  const [first, beyond] = section.range;
  const inside = outline.headings.filter((heading) => heading.line > first && heading.line <= beyond);
  for (const question of SECURITY_QUESTIONS) {
    const at = inside.findIndex((heading) => heading.level === 3 && heading.text === question);
    const heading = inside[at];
    if (heading === undefined) {
      findings.error(
        { line: first, column: 1 },
        'security-question-missing',
        `Security Considerations does not answer "${question}"`,
        `Add the line "### ${question}" and your answer below it.`,
      );
      continue;
    }
    const end = inside.slice(at + 1).find((next) => next.level <= 3)?.line ?? beyond + 1;
    const answer = lines.slice(heading.line, end - 1).filter((line) => line !== '');
    if (answer.some((line) => !EVASIONS.test(line.trim()) && !/^#/.test(line))) continue;
    findings.error(
      { line: heading.line, column: 1 },
      'security-answer-missing',
      `The question "${question}" has no answer.`,
      'Answer in a sentence or more; if the answer is "none", say what makes you sure.',
    );
  }
}

function checkAbstract(section: SectionReading | undefined, findings: Findings): void {
  const words = section?.markdown.split(/\s+/).length ?? 0;
  if (section === undefined || words <= LONG_ABSTRACT || isGuidance(section.markdown)) return;
  findings.warning(
    { line: section.range[0], column: 1 },
    'abstract-long',
    `The abstract has ${words} words; readers expect about 200.`,
    'Move detail to Specification.',
  );
}

function trimBlankLines(lines: readonly string[]): readonly string[] {
  let first = 0;
  let beyond = lines.length;
  while (first < beyond && lines[first] === '') first += 1;
  while (beyond > first && lines[beyond - 1] === '') beyond -= 1;
  return lines.slice(first, beyond);
}
