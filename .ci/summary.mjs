// Adds up what every package's test run reported, and closes with the line `N passed, N failed`.
// Steps that failed are given as arguments; one without a failing test of its own counts as one failure.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const folders = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(parent).map((name) => `${parent}/${name}`),
);
const reports = [
  ...[...folders, 'tests'].map((folder) => `${folder}/test-results/vitest.json`),
  'tests/test-results/packages.json',
]
  .filter((path) => existsSync(path))
  .map((path) => ({ path, ...JSON.parse(readFileSync(path, 'utf8')) }));

const failedSteps = process.argv.slice(2);
const passed = reports.reduce((sum, report) => sum + report.numPassedTests, 0);
const failedTests = reports.reduce((sum, report) => sum + report.numFailedTests, 0);
const failed = Math.max(failedTests, failedSteps.length);

for (const { path, numPassedTests, numFailedTests } of reports) {
  console.log(`${path}: ${numPassedTests} passed, ${numFailedTests} failed`);
}
for (const step of failedSteps) console.log(`failed step: ${step}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
