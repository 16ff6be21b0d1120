import { expect, test } from 'vitest';
import { openSqliteDatabase, toKyselyDatabase } from '../sqlite-database';
import { forRowsOfSqlite } from './for-rows';
import type { Row } from './schema';

test.each([0, 1, 2, 3, 64, 65, 256, 257, 1_000])('SQLite is given %i rows as they are', async (count) => {
  const database = toKyselyDatabase(await openSqliteDatabase(':memory:', 0));
  const rows = Array.from(
    { length: count },
    (_, index): Row => [`"né" ${index}`, index - 1, 2 ** 53 - index],
  );
  const { sql, parameters } = forRowsOfSqlite(
    { name: 'text', place: 'number', size: 'number' },
    rows,
    (given) => `select name, place, cast(size as text) as size, typeof(place) as type from ${given}`,
  );
  expect(database.prepare(sql).all(parameters)).toEqual(
    rows.map(([name, place, size]) => ({ name, place, size: String(size), type: 'integer' })),
  );
  database.close();
});

test('SQLite prepares few statements for all numbers of rows', () => {
  const statements = Array.from({ length: 1_000 }, (_, index) => {
    const rows = Array.from({ length: index + 1 }, (): Row => ['one', 2]);
    return forRowsOfSqlite({ name: 'text', place: 'number' }, rows, (given) => `select * from ${given}`).sql;
  });
  expect(new Set(statements).size).toBe(10);
});
