import { PIPELINE_ERRORS } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import { toCode } from './code-span';
import { TITLES, toContents } from './markdown/contents';
import { type Direction, toEventSection } from './markdown/event-section';
import { toAnchor, toParagraph, toTable } from './markdown/markdown-text';
import { toTypeCell } from './markdown/type-cell';
import { listSharedTypes, toTypeSection } from './markdown/type-section';

function toEvents(document: ContractDocument, direction: Direction): string[] {
  const sections = Object.entries(document[direction]).flatMap(([name, event]) =>
    toEventSection(document, direction, name, event),
  );
  return sections.length > 0 ? [`## ${TITLES[direction]}`, ...sections] : [];
}

function toTypes({ $defs }: ContractDocument, names: readonly string[]): string[] {
  const sections = names.flatMap((name) => toTypeSection(name, $defs[name] ?? {}));
  return sections.length > 0 ? [`## ${TITLES.types}`, ...sections] : [];
}

/** The codes that no event lists, since any may fail with them. */
function toEverywhere(errors: ContractDocument['errors']): string[] {
  const codes = Object.keys(errors).filter((code) => Object.hasOwn(PIPELINE_ERRORS, code));
  if (codes.length === 0) return [];
  return [
    `Any event may fail with ${codes.map(toCode).join(', ')}; the others are listed with their events.`,
  ];
}

function toErrors({ errors }: ContractDocument): string[] {
  const hasData = Object.values(errors).some(({ data }) => data);
  const rows = Object.entries(errors).map(([code, { description, retryable, action, data }]) => [
    `<a id="${toAnchor('error', code)}"></a>${toCode(code)}`,
    toParagraph(description),
    retryable ? 'yes' : 'no',
    toParagraph(action),
    ...(hasData ? [data ? toTypeCell(data) : ''] : []),
  ]);
  if (rows.length === 0) return [];
  return [
    `## ${TITLES.errors}`,
    ...toEverywhere(errors),
    toTable(['Code', 'Meaning', 'Retry as it is', 'What to do', ...(hasData ? ['Data'] : [])], rows),
  ];
}

/** Who may be told what of those who are in a room. */
function toPresence({ presence = {} }: ContractDocument): string[] {
  const rows = Object.entries(presence).map(([kind, state]) => [toCode(kind), toTypeCell(state)]);
  if (rows.length === 0) return [];
  return [
    `## ${TITLES.presence}`,
    'Members of these rooms may be told who else is there, and what they do.',
    toTable(['Room', 'State of a member'], rows),
  ];
}

/**
 * A contract as a page of Markdown for people: its events in both directions, its types and its errors, in their
 * order. What an event carries is described with the event; types that others refer to have a section of their own.
 */
export function emitMarkdown(document: ContractDocument): string {
  const types = listSharedTypes(document);
  const blocks = [
    `# ${document.title}`,
    `Version ${document.version}.`,
    toContents(document, types),
    ...toEvents(document, 'clientToServer'),
    ...toEvents(document, 'serverToClient'),
    ...toPresence(document),
    ...toTypes(document, types),
    ...toErrors(document),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
