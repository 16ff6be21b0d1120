import type { Figure } from '../figure';
import { ISSUES_GOALS, VALIDATION_GOALS } from '../goals';
import type { RunOptions } from '../options';
import { runRounds } from '../rounds';
import { createAjv } from '../validation/ajv';
import { CONTENDERS, type Contender, type ContenderName } from '../validation/contender';
import { createEmitted } from '../validation/emitted';
import { createHandwritten } from '../validation/handwritten';
import { createInterpreted } from '../validation/interpreted';
import { INVALID, VALID } from '../validation/payloads';
import { createTypeBox } from '../validation/typebox';
import { createValibot } from '../validation/valibot';
import { createZod } from '../validation/zod';

/** A check is short: many fit into less than a whole window. */
const WINDOW_SHARE = 0.25;
const CALLS_AT_ONCE = 1_000;
const NANOSECONDS_PER_MS = 1e6;

type Contenders = Readonly<Record<ContenderName, Contender>>;

/** Something every contender does with a payload; says whether the payload was found right. */
interface Exercise {
  readonly title: string;
  readonly payloads: readonly unknown[];
  readonly isRight: boolean;
  readonly judged: Pick<Figure, 'goals' | 'baseline'>;
  readonly run: (contender: Contender, payload: unknown) => boolean;
}

const BY_HAND = { goals: VALIDATION_GOALS, baseline: 'handwritten' } as const;
const check: Exercise['run'] = (contender, payload) => contender.check(payload);

const EXERCISES: readonly Exercise[] = [
  { title: 'check of send_message, valid', payloads: VALID, isRight: true, judged: BY_HAND, run: check },
  { title: 'check of send_message, invalid', payloads: INVALID, isRight: false, judged: BY_HAND, run: check },
  {
    title: 'issues of send_message, invalid',
    payloads: INVALID,
    isRight: false,
    judged: { goals: ISSUES_GOALS, baseline: 'ajv' },
    run: (contender, payload) => contender.issues(payload).length === 0,
  },
];

/** Nanoseconds a call, over as many calls as fit into the time. */
function timeCalls(
  { title, payloads, isRight, run }: Exercise,
  contender: Contender,
  windowMs: number,
): number {
  const start = performance.now();
  let calls = 0;
  let right = 0;
  let elapsed = 0;
  while (elapsed < windowMs) {
    for (let call = 0; call < CALLS_AT_ONCE; call += 1) {
      if (run(contender, payloads[call % payloads.length])) right += 1;
    }
    calls += CALLS_AT_ONCE;
    elapsed = performance.now() - start;
  }
  if (right !== (isRight ? calls : 0)) throw new Error(`${title}: a wrong answer.`);
  return (elapsed * NANOSECONDS_PER_MS) / calls;
}

/** What a check of one payload costs, and a list of what is wrong with it, with each of the libraries. */
export async function measureValidation(options: RunOptions): Promise<Figure[]> {
  const contenders: Contenders = {
    emitted: await createEmitted(),
    interpreted: createInterpreted(),
    handwritten: createHandwritten(),
    typebox: createTypeBox(),
    ajv: createAjv(),
    valibot: createValibot(),
    zod: createZod(),
  };
  const figures: Figure[] = [];
  for (const exercise of EXERCISES) {
    const samples = await runRounds({
      ...{ title: exercise.title, subjects: CONTENDERS, warmUps: options.warmUps, rounds: options.rounds },
      measure: async (name) => timeCalls(exercise, contenders[name], options.windowMs * WINDOW_SHARE),
    });
    figures.push({ title: exercise.title, unit: 'ns a payload', decimals: 0, ...exercise.judged, samples });
  }
  return figures;
}
