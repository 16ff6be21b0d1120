import type { ContractDocument } from '@wirepact/cli';
import type { Check, ProfileName } from './check/check';
import { type Made, makeCheck } from './check/make-check';
import { Target, type TargetOptions, type Transport } from './check/target';
import { BudgetUsed, Violation } from './check/violation';
import { checksOf } from './profiles/profiles';
import type { CheckResult, Report } from './report/report';

/** What to look at, and how. */
export interface ConformanceOptions extends Omit<TargetOptions, 'url' | 'transport'> {
  /** What the server has to keep to. Default: the document and `wirepact`, or where there is a contract, that. */
  readonly profiles?: readonly ProfileName[] | undefined;
  /** The contract whose server it is, as `wirepact build` writes it into `schema.json`. */
  readonly contract?: ContractDocument | undefined;
  /** Default: both, one after the other. */
  readonly transports?: readonly Transport[] | undefined;
  /** Only checks of these rules. Default: all. */
  readonly rules?: readonly string[] | undefined;
  /** Whether to make checks that send thousands of events. Default `false`. */
  readonly floods?: boolean | undefined;
  /** How long all checks may take, in seconds. Default 600. */
  readonly maxSeconds?: number | undefined;
}

/** One check that can be made of a server. */
export interface ConformanceCheck {
  readonly profile: ProfileName;
  readonly transport: Transport;
  /** The rule of SPEC, such as `JOIN-8`. */
  readonly rule: string;
  /** What a server does that keeps to it. */
  readonly title: string;
  /** The sentence of the document that says so; left out where the document leaves it open. */
  readonly says?: string;
  /**
   * Makes it, of the server at `url`.
   * @throws Violation Where the server does not keep to the rule: the message says what it does instead.
   * @throws BudgetUsed Where as many events have been sent, or as much time has passed, as the options allow.
   */
  readonly run: (url: string) => Promise<Made>;
}

const profilesOf = ({ profiles, contract }: ConformanceOptions): readonly ProfileName[] =>
  profiles ?? (contract ? ['contract'] : ['document', 'wirepact']);

/** What is left of a run, however many of its checks are made. */
function createRun({ maxSeconds = 600, ...options }: ConformanceOptions, transport: Transport) {
  let deadline: number | undefined;
  const targets = new Map<string, Target>();
  return (check: Check, url: string): Promise<Made> => {
    deadline ??= Date.now() + maxSeconds * 1_000;
    const target = targets.get(url) ?? new Target({ ...options, url, transport });
    targets.set(url, target);
    return makeCheck(check, target, deadline);
  };
}

/**
 * The checks of some profiles, each to be made by itself: map them to the tests of any runner. What they send is the same
 * for the same seed.
 *
 * @throws WirepactError `INVALID_CONTRACT` where the contract has a schema that no contract may have.
 */
export function listChecks(options: ConformanceOptions = {}): ConformanceCheck[] {
  const { transports = ['websocket', 'polling'], rules, floods = false } = options;
  const meant = profilesOf(options).flatMap((profile) =>
    checksOf(profile, options)
      .filter((check) => floods || !check.floods)
      .filter(({ rule }) => !rules || rules.includes(rule))
      .map((check) => ({ profile, check })),
  );
  return transports.flatMap((transport) => {
    const make = createRun(options, transport);
    return meant.map(({ profile, check }) => ({
      profile,
      transport,
      rule: check.rule,
      title: check.title,
      ...(check.says !== undefined && { says: check.says }),
      run: (url: string) => make(check, url),
    }));
  });
}

async function resultOf(check: ConformanceCheck, url: string): Promise<CheckResult> {
  const { run, ...named } = check;
  try {
    const { skipped } = await run(url);
    return skipped === undefined
      ? { ...named, outcome: 'passed' }
      : { ...named, outcome: 'skipped', message: skipped };
  } catch (error) {
    if (error instanceof Violation) return { ...named, outcome: 'failed', message: error.message };
    if (error instanceof BudgetUsed) return { ...named, outcome: 'unknown', message: error.message };
    throw error;
  }
}

/**
 * Makes all checks of the server at `url`, one after the other.
 *
 * @param onResult Told of each as soon as it is made, with how many there are in all. Default: nobody.
 */
export async function runConformance(
  url: string,
  options: ConformanceOptions = {},
  onResult: (result: CheckResult, count: number) => void = () => {},
): Promise<Report> {
  const checks = listChecks(options);
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await resultOf(check, url);
    results.push(result);
    onResult(result, checks.length);
  }
  return { url, seed: options.seed ?? 1, results };
}
