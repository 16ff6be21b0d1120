/** The name of a type for the name of an event: `send_message` and `sendMessage` give `SendMessage`. */
export const toTypeName = (eventName: string): string => {
  const words = eventName.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\p{L}/u.test(name) ? name : `Event${name}`;
};

/** True where a `title` can be the name of a type: a word that starts with a capital letter. */
export const isTypeName = (title: string): boolean => /^\p{Lu}[\p{L}\p{N}_]*$/u.test(title);
