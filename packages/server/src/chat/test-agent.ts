import type { Agent, AgentPart } from './ports/agent';

/** One turn of an agent, in the hands of a test. */
export interface AgentScript {
  readonly signal: AbortSignal;
  say(part: AgentPart): void;
  finish(): void;
  fail(error: Error): void;
}

type Step = { readonly part: AgentPart } | { readonly end: true } | { readonly error: Error };

/** Things that one side puts in and the other takes out, whoever is first. */
function createQueue<Value>() {
  const values: Value[] = [];
  let wake = () => {};
  return {
    put(value: Value) {
      values.push(value);
      wake();
    },
    async take(): Promise<Value> {
      for (;;) {
        const value = values.shift();
        if (value !== undefined) return value;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** An agent that says what a test tells it to, turn by turn. */
export function scriptAgent(digit = 7): { agent: Agent; next: () => Promise<AgentScript> } {
  const turns = createQueue<AgentScript>();
  const agent: Agent = {
    id: `00000000-0000-4000-8000-00000000000${digit}`,
    name: 'Scripted',
    async *respond(_message, { signal }) {
      const steps = createQueue<Step>();
      turns.put({
        signal,
        say: (part) => steps.put({ part }),
        finish: () => steps.put({ end: true }),
        fail: (error) => steps.put({ error }),
      });
      for (;;) {
        const step = await steps.take();
        if ('error' in step) throw step.error;
        if ('end' in step) return;
        yield step.part;
      }
    },
  };
  return { agent, next: () => turns.take() };
}
