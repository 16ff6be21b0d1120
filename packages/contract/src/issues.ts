/** One thing that is wrong with a payload. */
export interface Issue {
  /** JSON Pointer to the value at fault, `''` for the payload itself; names a missing property too. */
  path: string;
  /** What is wrong there, for a developer to read: `is required`, `must be string`. */
  message: string;
  /** The JSON Schema keyword that failed (`required`, `type`, `format` …) or the bound that was passed. */
  keyword: string;
}

/** `/` and `~` inside a property name, as JSON Pointer writes them. */
export const toPointerToken = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** One line for a log or an error message: `/text is required; /serverId must match format "uuid"`. */
export const formatIssues = (issues: readonly Issue[]) =>
  issues.map(({ path, message }) => `${path || 'payload'} ${message}`).join('; ');
