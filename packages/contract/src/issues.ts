/** One thing that is wrong with a payload. */
export interface Issue {
  /** JSON Pointer to the value at fault, `''` for the payload itself; names a missing property too. */
  path: string;
  /** What is wrong there, for a developer to read: `is required`, `must be string`. */
  message: string;
  /** The JSON Schema keyword that failed (`required`, `type`, `format` …) or the bound that was passed. */
  keyword: string;
}

/** Characters of a property name that are repeated at most: whoever sent it may have chosen a very long one. */
const MAX_TOKEN_LENGTH = 128;

/** A property name as a token of a JSON Pointer, cut short where it is long. */
export const toPointerToken = (name: string) => {
  const shown = name.length > MAX_TOKEN_LENGTH ? `${name.slice(0, MAX_TOKEN_LENGTH)}…` : name;
  return shown.replaceAll('~', '~0').replaceAll('/', '~1');
};

/** The tokens of a JSON Pointer. */
export const fromPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** One line for a log or an error message: `/text is required; /serverId must match format "uuid"`. */
export const formatIssues = (issues: readonly Issue[]) =>
  issues.map(({ path, message }) => `${path || 'payload'} ${message}`).join('; ');
