import type { Agent, AgentPart } from '@wirepact/server';

export const AGENT_ID = '987fcdeb-51a2-43f1-b012-123456789abc';

/** What an agent is told to do: `null` ends the answer, an error fails it. */
export type Said = AgentPart | Error | null;

/** An agent of a server that says what a test tells it to. */
export function scriptAgent() {
  const said: Said[] = [];
  let wake = () => {};
  const aborted: unknown[] = [];
  const agent: Agent = {
    id: AGENT_ID,
    name: 'Eliza',
    async *respond(_message, { signal }) {
      signal.addEventListener('abort', () => aborted.push(signal.reason));
      for (;;) {
        const part = said.shift();
        if (part === null) return;
        if (part instanceof Error) throw part;
        if (part !== undefined) yield part;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
  const say = (...parts: Said[]) => {
    said.push(...parts);
    wake();
  };
  return { agent, say, aborted };
}
