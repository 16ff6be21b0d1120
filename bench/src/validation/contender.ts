/** A validator of the payload of `send_message`, made with one library. */
export interface Contender {
  /** The boolean answer, by the fastest way the library has. */
  readonly check: (value: unknown) => boolean;
  /** Everything that is wrong with the value. */
  readonly issues: (value: unknown) => readonly unknown[];
}

/** Who is compared: what we emit, and other ways to say the same. */
export const CONTENDERS = [
  'emitted',
  'interpreted',
  'handwritten',
  'typebox',
  'ajv',
  'valibot',
  'zod',
] as const;
export type ContenderName = (typeof CONTENDERS)[number];
