import { fileURLToPath } from 'node:url';
import { createDemoServer, type DemoServer } from './host/demo-server';
import { listen } from './host/listen';
import { createLogging } from './host/logging';
import { createModelAgent } from './host/model-agent';

/** The demo, listening where the environment says. */
async function startDemo(environment: NodeJS.ProcessEnv): Promise<DemoServer> {
  const { PORT, HOST, LOG_LEVEL = 'error' } = environment;
  const { logger, logStream, startTerminal } = createLogging(LOG_LEVEL);
  const pageDirectory = fileURLToPath(new URL('./page', import.meta.url));
  const demo = await createDemoServer({
    pageDirectory,
    logger,
    logStream,
    agent: createModelAgent(environment),
  });
  startTerminal();
  const port = await listen(demo.httpServer, { port: PORT, host: HOST });
  console.log(`Wirepact demo is ready: http://${HOST || 'localhost'}:${port}`);
  return demo;
}

try {
  const demo = await startDemo(process.env);
  // A second signal ends the process at once, which is what Node does without a listener.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void demo.close());
} catch (cause) {
  console.error(`The demo cannot start: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exit(1);
}
