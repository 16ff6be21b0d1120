import type { ContractDocument, EventDocument } from '../../contract-document';
import { toCode } from '../code-span';
import { summaryOf } from '../summary';
import { anchorKindOf, type Direction } from './event-section';
import { toAnchor, toCell, toParagraph } from './markdown-text';

/** Headings of the page's parts. */
export const TITLES = {
  clientToServer: 'Client to server',
  serverToClient: 'Server to client',
  presence: 'Presence',
  types: 'Types',
  errors: 'Errors',
} as const;

const toPart = (title: string) => `- [${title}](#${title.toLowerCase().replaceAll(' ', '-')})`;

const toEntry = (kind: string, name: string, text = '') =>
  `  - [${toCode(name)}](#${toAnchor(kind, name)})${text && `: ${toCell(toParagraph(text))}`}`;

const toEventEntry = (direction: Direction, name: string, event: EventDocument) =>
  toEntry(
    anchorKindOf(direction),
    name,
    `${event.deprecated === undefined ? '' : '(deprecated) '}${summaryOf(event)}`,
  );

function listEvents(document: ContractDocument, direction: Direction): string[] {
  const events = Object.entries(document[direction]);
  if (events.length === 0) return [];
  return [toPart(TITLES[direction]), ...events.map(([name, event]) => toEventEntry(direction, name, event))];
}

/** The table of contents. */
export function toContents(document: ContractDocument, types: readonly string[]): string {
  return [
    ...listEvents(document, 'clientToServer'),
    ...listEvents(document, 'serverToClient'),
    ...(document.presence ? [toPart(TITLES.presence)] : []),
    ...(types.length > 0 ? [toPart(TITLES.types), ...types.map((name) => toEntry('type', name))] : []),
    ...(Object.keys(document.errors).length > 0 ? [toPart(TITLES.errors)] : []),
  ].join('\n');
}
