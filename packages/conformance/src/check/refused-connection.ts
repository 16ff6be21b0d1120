import { type Fields, toFields } from '../wire/packet';
import { must, mustEqual } from './expectations';
import type { ConnectOptions, Trial } from './trial';
import { RateLimited } from './violation';

/**
 * How a connection is refused; `undefined` where it is let in.
 * @throws RateLimited Where it may come back later.
 * @throws Violation Where it is refused and sent an event all the same.
 */
export async function refusalOf(trial: Trial, options: ConnectOptions): Promise<Fields | undefined> {
  const client = trial.open(options);
  if (await client.admitted()) return undefined;
  const refusal = toFields(client.refusal && Reflect.get(client.refusal, 'data'));
  const limited = RateLimited.from(refusal);
  if (limited) throw limited;
  mustEqual(client.packets.length, 0, 'how many events come to a connection that is refused');
  return refusal;
}

/** As `refusalOf`, where it has to be refused: `what` says who is let in. @throws Violation */
export async function mustRefuse(trial: Trial, options: ConnectOptions, what: string): Promise<Fields> {
  const refusal = await refusalOf(trial, options);
  must(refusal, `${what} is let in`);
  return refusal;
}
