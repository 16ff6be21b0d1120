import { expect, test } from 'vitest';
import { suggest } from './nearest';

test.each([
  ['maxLenght', ['maxLength', 'minLength'], '; did you mean "maxLength"?'],
  ['minLegth', ['maxLength', 'minLength'], '; did you mean "minLength"?'],
  ['rooms', ['room'], '; did you mean "room"?'],
  // One letter in three may be wrong, and no more.
  ['abcxyf', ['abcdef'], '; did you mean "abcdef"?'],
  ['abxyzf', ['abcdef'], ''],
  ['kye', ['key'], '; did you mean "key"?'],
  ['x', ['key'], ''],
  ['a'.repeat(41), ['a'.repeat(40)], ''],
  ['key', [], ''],
])('%s among %j%s', (written, names, said) => {
  expect(suggest(written, names)).toBe(said);
});
