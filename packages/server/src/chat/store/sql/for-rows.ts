import { CompiledQuery } from 'kysely';
import type { Row } from './schema';

/** Columns of the rows that a statement is given, in their order. */
type GivenColumns = Readonly<Record<string, 'text' | 'number'>>;

/** A statement for any number of rows. `toSql` is told what stands for them behind `from`: a table `given` with these columns. */
export type ForRows = <Result>(
  columns: GivenColumns,
  rows: readonly Row[],
  toSql: (given: string) => string,
) => CompiledQuery<Result>;

/** A table `given`; `toText` says where each column's texts come from, by its number from 0 on. */
function toGiven(columns: GivenColumns, toText: (index: number) => string, from = ''): string {
  const values = Object.entries(columns).map(([name, kind], index) => {
    const text = toText(index);
    return `${kind === 'number' ? `cast(${text} as bigint)` : text} as ${name}`;
  });
  return `(select ${values.join()} ${from}) as given`;
}

/** For SQLite: the rows are one parameter. */
export const forRowsOfSqlite: ForRows = (columns, rows, toSql) => {
  const given = toGiven(columns, (index) => `value ->> ${index}`, 'from json_each(?)');
  return CompiledQuery.raw(toSql(given), [JSON.stringify(rows)]);
};

/** For PostgreSQL: each column is a parameter, which it parses once; of a row it would parse each value. */
export const forRowsOfPostgres: ForRows = (columns, rows, toSql) => {
  const given = toGiven(columns, (index) => `json_array_elements_text($${index + 1}::json)`);
  const parameters = Object.keys(columns).map((_, index) => JSON.stringify(rows.map((row) => row[index])));
  return CompiledQuery.raw(toSql(given), parameters);
};
