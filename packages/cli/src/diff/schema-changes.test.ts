import type { JsonSchemaObject } from '@wirepact/contract';
import { describe, expect, it } from 'vitest';
import { evaluateValidators } from '../emit/validators/test-evaluate';
import { diffContracts } from './diff';
import { documentWith } from './testing/test-documents';
import { isAccepted } from './testing/test-is-sent';
import { samplePayloads } from './testing/test-payloads';
import { SCHEMA_ROWS, type SchemaRow } from './testing/test-schema-rows';

const PAYLOADS = 300;

/** Payloads that may be sent under one schema and that the validators of the other one, TypeBox’s and ours, refuse. */
async function refusedBy(receiver: JsonSchemaObject, sent: JsonSchemaObject): Promise<unknown[]> {
  const document = documentWith('client', { schema: receiver, defs: {} });
  const emitted = (await evaluateValidators(document)).get('It');
  return samplePayloads({ schema: sent, defs: {} }, PAYLOADS, 7).filter((payload) => {
    const isRefused = !isAccepted({ schema: receiver, defs: {} }, payload);
    expect(emitted?.check(payload)).toBe(!isRefused);
    return isRefused;
  });
}

/** Payloads of an old client and a new server, and of a new client and an old server, that their receiver refuses. */
async function refusals({ before, after, sender }: SchemaRow) {
  const [ofOld, ofNew] = [await refusedBy(after, before), await refusedBy(before, after)];
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

  it('has the level that validators confirm', async () => {
    const { oldClients, oldServers } = await refusals(row);
    if (row.level === 'breaking') expect(oldClients).not.toHaveLength(0);
    else expect(oldClients).toEqual([]);
    if (row.level === 'patch') expect(oldServers).toEqual([]);
  });
});
