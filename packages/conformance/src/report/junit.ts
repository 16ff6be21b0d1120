import { type CheckResult, count, groupResults, type Report } from './report';

/** Control characters that XML cannot have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const toXml = (text: string) =>
  text
    .replaceAll(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

function formatCase({ profile, transport, rule, title, outcome, message = '' }: CheckResult): string {
  const open = `    <testcase classname="${profile}.${transport}" name="${toXml(`${rule} ${title}`)}"`;
  if (outcome === 'passed') return `${open}/>`;
  const kind = { failed: 'failure', skipped: 'skipped', unknown: 'error' }[outcome];
  return `${open}>\n      <${kind} message="${toXml(message)}"/>\n    </testcase>`;
}

/** A report as JUnit's XML, which continuous integration reads. */
export function formatJunit(report: Report): string {
  const suites = [...groupResults(report)].flatMap(([name, results]) => {
    const counts = `tests="${results.length}" failures="${count({ results }, 'failed')}"`;
    const others = `errors="${count({ results }, 'unknown')}" skipped="${count({ results }, 'skipped')}"`;
    return [`  <testsuite name="${name}" ${counts} ${others}>`, ...results.map(formatCase), '  </testsuite>'];
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''].join(
    '\n',
  );
}
