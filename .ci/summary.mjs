// Adds up what the tests of all phases reported, and closes with the line `N passed, N failed`. A test that several phases
// ran counts once: as failed where it failed in one of them. The first argument is the folder that has the reports, in one
// folder for each phase; the others are the steps that failed. One without a failing test of its own counts as a failure.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const REDIS_TESTS = [
  'redis-counter.test.ts',
  'redis-publisher.test.ts',
  'redis-scale-out.test.ts',
  'redis-stream-tail.test.ts',
  'scaling.test.ts',
  'start-redis.test.ts',
  'three-nodes.test.ts',
];
/** Tests that a phase may skip, by the name of their file: npm does not have what they need. Others have to run. */
const MAY_SKIP = { bare: ['json-schema-suite.test.ts', ...REDIS_TESTS] };

const [folder, ...failedSteps] = process.argv.slice(2);
const outcomes = new Map();
const problems = [];

/** The tests of a report, each with a name that is its own in all reports of one kind; a file without tests is one. */
function* listTests(phase, name) {
  const { testResults } = JSON.parse(readFileSync(join(folder, phase, name), 'utf8'));
  const seen = new Map();
  for (const { name: path, assertionResults, status } of testResults) {
    const file = basename(path);
    const tests = assertionResults.length > 0 ? assertionResults : [{ fullName: '(the file)', status }];
    for (const test of tests) {
      const title = `${file}: ${test.fullName}`;
      seen.set(title, (seen.get(title) ?? 0) + 1);
      yield { file, status: test.status, title, key: `${name} ${title} ${seen.get(title)}` };
    }
  }
}

/** What a test counts as in one phase. */
function judge(phase, { file, status, title }) {
  if (status === 'passed') return 'passed';
  if (status === 'failed') {
    problems.push(`failed (${phase}): ${title}`);
    return 'failed';
  }
  const isAllowed = MAY_SKIP[phase]?.includes(file);
  problems.push(`skipped (${phase}${isAllowed ? '' : ', which must not be'}): ${title}`);
  return isAllowed ? 'skipped' : 'failed';
}

const ORDER = ['skipped', 'passed', 'failed'];
const worse = (a, b) => (ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b);

for (const phase of readdirSync(folder)) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const name of readdirSync(join(folder, phase))) {
    for (const test of listTests(phase, name)) {
      const outcome = judge(phase, test);
      counts[outcome] += 1;
      outcomes.set(test.key, worse(outcome, outcomes.get(test.key) ?? 'skipped'));
    }
  }
  console.log(`${phase}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
}
for (const problem of problems) console.log(problem);
for (const step of failedSteps) console.log(`failed step: ${step}`);

const count = (wanted) => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
const passed = count('passed');
const failed = Math.max(count('failed'), failedSteps.length);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
