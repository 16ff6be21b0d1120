type WithoutLast<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? Rest extends ''
    ? ''
    : `${First}${WithoutLast<Rest>}`
  : '';

/** The names that share the longest beginning with `Name`. */
type Nearest<Name extends string, Known extends string> = Name extends ''
  ? Known
  : [Extract<Known, `${Name}${string}`>] extends [never]
    ? Nearest<WithoutLast<Name>, Known>
    : Extract<Known, `${Name}${string}`>;

/** What the compiler says of an event that is none of `Known`. No text is of this type. */
export type NoSuchEvent<Name extends string, Known extends string> = string & {
  'There is no such event. Did you mean': Nearest<Name, Known>;
};
