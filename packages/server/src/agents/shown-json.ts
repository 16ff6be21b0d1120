/** How much of one value a room is shown, in characters of JSON: an answer may have 131,072 of them. */
const MAX_SHOWN = 4_096;

/**
 * A value as the members of a room are shown it: the JSON that it is; of a larger one, the beginning of its text. What
 * JSON cannot say is left out.
 * @throws TypeError for what is no JSON at all, such as a bigint or a circle.
 */
export function toShownJson(value: unknown): unknown {
  const json = JSON.stringify(value);
  if (json === undefined) return undefined;
  if (json.length > MAX_SHOWN) return `${json.slice(0, MAX_SHOWN)}…`;
  const shown: unknown = JSON.parse(json);
  return shown;
}
