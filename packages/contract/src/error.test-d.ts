import { errorClass, WirepactError } from './error';

type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
const is = <_ extends true>() => undefined;

type Code = 'RATE_LIMITED' | 'FORBIDDEN';
const ChatError = errorClass<Code>();

export function caught(error: unknown): void {
  // Of any contract: a code is some text, never `any`.
  if (error instanceof WirepactError) is<Equal<typeof error.code, string>>();
  if (error instanceof ChatError) {
    is<Equal<typeof error.code, Code>>();
    is<Equal<typeof error.retryAfterMs, number | undefined>>();
    if (error.code === 'RATE_LIMITED') is<Equal<typeof error.code, 'RATE_LIMITED'>>();
    // @ts-expect-error there is no such code
    if (error.code === 'RATE_LIMTED') return;
  }
}

const known = new WirepactError('FORBIDDEN', 'No.');
is<Equal<typeof known.code, 'FORBIDDEN'>>();
known satisfies WirepactError;
known satisfies WirepactError<Code>;
// @ts-expect-error there is no such code
new ChatError('RATE_LIMTED', 'Wait.');
