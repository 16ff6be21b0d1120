import { CompiledQuery } from 'kysely';
import type { Row } from './schema';

/** Columns of the rows that a statement is given, in their order. */
type GivenColumns = Readonly<Record<string, 'text' | 'number'>>;

/**
 * A statement for any number of rows, which are its one parameter. `toSql` is told what stands for them behind `from`: a table
 * `given` with these columns.
 */
export type ForRows = <Result>(
  columns: GivenColumns,
  rows: readonly Row[],
  toSql: (given: string) => string,
) => CompiledQuery<Result>;

/** @param elements stands behind `from` for the elements of a JSON array that is the parameter; each is in a column `value`. */
export const createForRows =
  (elements: string): ForRows =>
  (columns, rows, toSql) => {
    const values = Object.entries(columns).map(([name, kind], index) => {
      const value = `value ->> ${index}`;
      return `${kind === 'number' ? `cast(${value} as bigint)` : value} as ${name}`;
    });
    const given = `(select ${values.join()} from ${elements}) as given`;
    return CompiledQuery.raw(toSql(given), [JSON.stringify(rows)]);
  };
