import { groupResults, type Report } from './report';

const toCell = (text: string) =>
  text
    .replaceAll('|', '\\|')
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('<', '&lt;');

/** A report as Markdown: a table for each profile and transport. */
export function formatMarkdown(report: Report): string {
  const tables = [...groupResults(report)].flatMap(([name, results]) => [
    `## ${name}`,
    '',
    '| rule | what the server does | outcome | |',
    '|---|---|---|---|',
    ...results.map(
      ({ rule, title, outcome, message = '' }) =>
        `| ${rule} | ${toCell(title)} | ${outcome} | ${toCell(message)} |`,
    ),
    '',
  ]);
  return [`# Conformance of ${report.url}`, '', `Seed ${report.seed}.`, '', ...tables].join('\n');
}
