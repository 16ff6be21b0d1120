import type { EventDocument } from '../contract-document';

/** The first sentence of an event's description, for lists. */
export const summaryOf = ({ description }: Pick<EventDocument, 'description'>): string =>
  /^.*?[.!?](?=\s|$)/s.exec(description)?.[0] ?? description;
