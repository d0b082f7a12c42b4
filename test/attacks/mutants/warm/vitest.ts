import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  type ExpectStatic,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

/**
 * What a test file gets for `vitest` in a warm process: its tests are collected once and run one by one, as often as
 * there are mutants. `expect` is Vitest's own.
 */

type Work = () => unknown;

interface Suite {
  readonly title: string;
  readonly outer: Suite | null;
  readonly beforeAll: Work[];
  readonly beforeEach: Work[];
  readonly afterEach: Work[];
  begun: Promise<void> | null;
}

export interface CollectedTest {
  readonly id: string;
  readonly run: () => Promise<void>;
}

const suiteIn = (outer: Suite | null, title: string): Suite => ({
  title,
  outer,
  beforeAll: [],
  beforeEach: [],
  afterEach: [],
  begun: null,
});

interface Declaring {
  /** The file that declares tests just now, or whose test runs. */
  file: string;
  current: Suite;
  collected: Map<string, CollectedTest>;
}

/** Of the process: a file that is loaded a second time brings a second copy of this one. */
const shared = globalThis as { __mutants__?: Declaring };
shared.__mutants__ ??= { file: '', current: suiteIn(null, ''), collected: new Map() };
const declaring: Declaring = shared.__mutants__;

/** What `load` declares; the tests of one file after the other. */
export async function collect(
  name: string,
  load: () => Promise<unknown>,
): Promise<ReadonlyMap<string, CollectedTest>> {
  const collected = new Map<string, CollectedTest>();
  Object.assign(declaring, { file: name, current: suiteIn(null, name), collected });
  await load();
  return collected;
}

const outermostFirst = (suite: Suite): readonly Suite[] =>
  suite.outer === null ? [suite] : [...outermostFirst(suite.outer), suite];

/** Each suite begins once, before the first of its tests that is run. */
async function begin(suites: readonly Suite[]): Promise<void> {
  for (const suite of suites) {
    suite.begun ??= (async () => {
      for (const work of suite.beforeAll) await work();
    })();
    await suite.begun;
  }
}

function declareTest(title: string, work: Work): void {
  const { current, file: from, collected } = declaring;
  const suites = outermostFirst(current);
  const named = [...suites.map((outer) => outer.title), title].join(' > ');
  let id = named;
  for (let nth = 2; collected.has(id); nth += 1) id = `${named} (${nth})`;
  const run = async () => {
    declaring.file = from;
    await begin(suites);
    try {
      for (const { beforeEach } of suites) for (const before of beforeEach) await before();
      await work();
    } finally {
      for (const { afterEach } of [...suites].reverse()) for (const after of afterEach) await after();
    }
  };
  collected.set(id, { id, run });
}

function declareSuite(title: string, declare: Work): void {
  const outer = declaring.current;
  declaring.current = suiteIn(outer, title);
  try {
    declare();
  } finally {
    declaring.current = outer;
  }
}

type Each = (cases: readonly unknown[]) => (title: string, work: (...values: never[]) => unknown) => void;
const each =
  (declare: (title: string, work: Work) => void): Each =>
  (cases) =>
  (title, work) => {
    for (const [at, values] of cases.entries()) {
      const given = (Array.isArray(values) ? values : [values]) as never[];
      declare(`${title} [${at}]`, () => work(...given));
    }
  };

export const it = Object.assign(declareTest, { each: each(declareTest) });
export const test = it;
export const describe = Object.assign(declareSuite, { each: each(declareSuite) });
export const beforeAll = (work: Work) => void declaring.current.beforeAll.push(work);
export const beforeEach = (work: Work) => void declaring.current.beforeEach.push(work);
export const afterEach = (work: Work) => void declaring.current.afterEach.push(work);
/** The process ends with its last mutant, and what a suite leaves behind with it. */
export const afterAll = (_work: Work) => {};

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
const asymmetric = (globalThis as Record<symbol, unknown>)[ASYMMETRIC_MATCHERS_OBJECT as symbol];
export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
  asymmetric,
) as unknown as ExpectStatic;
setState({ ...getState(expect), assertionCalls: 0, isExpectingAssertions: false }, expect);

// Outside of Vitest it asks for what it extends.
(expect.extend as unknown as (of: ExpectStatic, matchers: object) => void)(expect, {
  toMatchFileSnapshot(text: string, name: string) {
    const recorded = readFileSync(path.join(path.dirname(declaring.file), name), 'utf8');
    return { pass: text === recorded, message: () => `is not what ${name} records` };
  },
});
