import { describe, expect, it } from 'vitest';
import { diffContracts } from './diff';
import { documentWith } from './testing/test-documents';
import { isAccepted } from './testing/test-is-sent';
import { samplePayloads } from './testing/test-payloads';
import { SCHEMA_ROWS, type SchemaRow } from './testing/test-schema-rows';

const PAYLOADS = 300;

/** Payloads of an old client and a new server, and of a new client and an old server, that their receiver refuses. */
function refusals({ before, after, sender }: SchemaRow) {
  const [was, is] = [before, after].map((schema) => ({ schema, defs: {} }));
  if (!was || !is) throw new Error('a row has two schemas');
  const refusedBy = (receiver: typeof was, from: typeof was) =>
    samplePayloads(from, PAYLOADS, 7).filter((payload) => !isAccepted(receiver, payload));
  const [ofOld, ofNew] = [refusedBy(is, was), refusedBy(was, is)];
  return sender === 'client'
    ? { oldClients: ofOld, oldServers: ofNew }
    : { oldClients: ofNew, oldServers: ofOld };
}

const title = ({ kind, sender, level, message }: SchemaRow) =>
  `${kind}, sent by the ${sender}: ${level} (${message})`;

describe.each(SCHEMA_ROWS.map((row) => [title(row), row] as const))('%s', (_, row) => {
  const place = row.sender === 'client' ? 'clientToServer/it/payload' : 'serverToClient/it/payload';
  const documents = [row.before, row.after].map((schema) => documentWith(row.sender, { schema, defs: {} }));
  const [before, after] = documents;

  it('is found where it is, and named', () => {
    if (!before || !after) throw new Error('a row has two schemas');
    const { changes } = diffContracts(before, after);
    const path = row.at === '' ? place : `${place}/${row.at}`;
    expect(changes).toContainEqual(expect.objectContaining({ path, kind: row.kind, level: row.level }));
    const found = changes.find((change) => change.path === path && change.kind === row.kind);
    expect(found?.message).toContain(row.message);
    expect(changes.filter(({ level }) => level === 'breaking')).toHaveLength(
      row.level === 'breaking' ? 1 : 0,
    );
  });

  it('has the level that validators confirm', () => {
    const { oldClients, oldServers } = refusals(row);
    if (row.level === 'breaking') expect(oldClients).not.toHaveLength(0);
    else expect(oldClients).toEqual([]);
    if (row.level === 'patch') expect(oldServers).toEqual([]);
  });
});
