import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands for a model behind an OpenAI-compatible endpoint: says what a test has it say. */
export interface ModelServer {
  /** What a demo is started with to have it answer. */
  readonly environment: Record<string, string>;
  /** How often it was asked. */
  readonly asked: () => number;
  /** Says a part of the newest answer. */
  readonly say: (text: string) => void;
  /** Ends the newest answer. */
  readonly end: () => void;
  readonly close: () => void;
}

/** Starts one on a free port. */
export async function startModel(): Promise<ModelServer> {
  const answers: ServerResponse[] = [];
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    answers.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const write = (choice: object) =>
    answers.at(-1)?.write(`data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`);
  return {
    environment: {
      OPENAI_MODEL: 'test',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_API_KEY: 'sk-1',
    },
    asked: () => answers.length,
    say: (content) => write({ delta: { content } }),
    end() {
      write({ delta: {}, finish_reason: 'stop' });
      answers.at(-1)?.end('data: [DONE]\n\n');
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
