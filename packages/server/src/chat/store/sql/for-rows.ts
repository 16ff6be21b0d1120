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

/** Rows that SQLite is given as parameters at most: a statement has 32,766 of them. */
const MAX_BOUND_ROWS = 256;

/** Rows as one parameter, whatever their number. */
const inJson: ForRows = (columns, rows, toSql) => {
  const given = toGiven(columns, (index) => `value ->> ${index}`, 'from json_each(?)');
  return CompiledQuery.raw(toSql(given), [JSON.stringify(rows)]);
};

/** The values of all rows, and `null` until there are so many. `flat` would take ten times as long. */
function toParameters(rows: readonly Row[], size: number): (string | number | null)[] {
  const parameters: (string | number | null)[] = [];
  for (const row of rows) for (const value of row) parameters.push(value);
  while (parameters.length < size) parameters.push(null);
  return parameters;
}

/**
 * For SQLite: each value is a parameter, which costs about a third less than reading it from JSON. There are statements for 1, 2, 4 … rows,
 * so that they are few enough to stay prepared; where there are fewer rows, empty ones follow, which are passed over.
 */
export const forRowsOfSqlite: ForRows = (columns, rows, toSql) => {
  if (rows.length > MAX_BOUND_ROWS) return inJson(columns, rows, toSql);
  const width = Object.keys(columns).length;
  const count = 2 ** Math.ceil(Math.log2(Math.max(1, rows.length)));
  const row = `(${Array(width).fill('?').join()})`;
  const from = `from (values ${`${row},`.repeat(count - 1)}${row}) where column1 is not null`;
  const given = toGiven(columns, (index) => `column${index + 1}`, from);
  return CompiledQuery.raw(toSql(given), toParameters(rows, count * width));
};

/** For PostgreSQL: each column is a parameter, which it parses once; of a row it would parse each value. */
export const forRowsOfPostgres: ForRows = (columns, rows, toSql) => {
  const given = toGiven(columns, (index) => `json_array_elements_text($${index + 1}::json)`);
  const parameters = Object.keys(columns).map((_, index) => JSON.stringify(rows.map((row) => row[index])));
  return CompiledQuery.raw(toSql(given), parameters);
};
