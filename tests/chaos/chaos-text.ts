const FILLER = '.';
const LENGTH = /^c\d+-\d+\+(\d+)$/;

/** Names a message of a client, `c1-23`; one that is long has its length in its name, `c1-23+5000`. */
export const toName = (client: number, number: number, length: number): string =>
  `c${client}-${number}${length > 0 ? `+${length}` : ''}`;

/** The text that a message of this name has. */
export const toText = (name: string): string => name.padEnd(Number(LENGTH.exec(name)?.[1] ?? 0), FILLER);

/** The name of the message with this text; of any other text, the text. */
export function nameOfText(text: string): string {
  const end = text.indexOf(FILLER);
  const name = end < 0 ? text : text.slice(0, end);
  return toText(name) === text ? name : text;
}
