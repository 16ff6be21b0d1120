import type { JsonSchemaObject } from '@wirepact/contract/tools';

/** One end of a range of numbers. */
interface End {
  readonly value: number;
  /** True where the end itself is not in the range. */
  readonly open: boolean;
}

/** Numbers that match several schemas at once. */
export interface NumberRange {
  readonly least: End;
  readonly most: End;
  /** True where only whole numbers match. */
  readonly whole: boolean;
  readonly multiples: readonly number[];
}

const onlyWhole = ({ type }: JsonSchemaObject) => {
  const types = typeof type === 'string' ? [type] : (type ?? []);
  return types.includes('integer') && !types.includes('number');
};

/** The end that leaves less; `sign` is 1 for the least and -1 for the most. */
const stricter = (ends: readonly End[], sign: 1 | -1): End =>
  ends.reduce(
    (strict, end) => {
      const distance = (end.value - strict.value) * sign;
      return distance > 0 || (distance === 0 && end.open) ? end : strict;
    },
    { value: -sign * Number.POSITIVE_INFINITY, open: false },
  );

const ends = (closed: number | undefined, open: number | undefined): readonly End[] => [
  ...(closed === undefined ? [] : [{ value: closed, open: false }]),
  ...(open === undefined ? [] : [{ value: open, open: true }]),
];

/** For whole numbers, the end that is itself in the range. */
const roundedUp = ({ value, open }: End): End => ({
  value: open ? Math.floor(value) + 1 : Math.ceil(value),
  open: false,
});
const roundedDown = ({ value, open }: End): End => ({
  value: open ? Math.ceil(value) - 1 : Math.floor(value),
  open: false,
});

/** The numbers that match all of `schemas`. */
export function numberRange(schemas: readonly JsonSchemaObject[]): NumberRange {
  const least = stricter(
    schemas.flatMap((one) => ends(one.minimum, one.exclusiveMinimum)),
    1,
  );
  const most = stricter(
    schemas.flatMap((one) => ends(one.maximum, one.exclusiveMaximum)),
    -1,
  );
  const whole = schemas.some(onlyWhole);
  const multiples = schemas.flatMap(({ multipleOf }) => (multipleOf === undefined ? [] : [multipleOf]));
  return {
    least: whole ? roundedUp(least) : least,
    most: whole ? roundedDown(most) : most,
    whole,
    multiples,
  };
}

/** True where no number is in the range. */
export const isEmptyRange = ({ least, most }: NumberRange) =>
  least.value > most.value || (least.value === most.value && (least.open || most.open));

const atLeast = (known: End, wanted: End) =>
  known.value > wanted.value || (known.value === wanted.value && (known.open || !wanted.open));

const atMost = (known: End, wanted: End) =>
  known.value < wanted.value || (known.value === wanted.value && (known.open || !wanted.open));

/** Only between whole numbers: validators round what they divide, so 0.3 need not be a multiple of 0.1 to them. */
const isMultiple = (known: NumberRange, wanted: number) =>
  (known.whole && wanted === 1) ||
  known.multiples.some(
    (factor) =>
      factor === wanted ||
      (Number.isSafeInteger(factor) && Number.isSafeInteger(wanted) && wanted > 0 && factor % wanted === 0),
  );

/** True where all numbers that match `known` match the numeric keywords of `goal`. */
export function provesNumber(known: readonly JsonSchemaObject[], goal: JsonSchemaObject): boolean {
  const range = numberRange(known);
  const wanted = numberRange([goal]);
  return (
    (!wanted.whole || range.whole) &&
    atLeast(range.least, wanted.least) &&
    atMost(range.most, wanted.most) &&
    wanted.multiples.every((factor) => isMultiple(range, factor))
  );
}
