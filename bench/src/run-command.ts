/** Runs a command to its end. What fails is told in a sentence. */
export async function runCommand(run: (args: string[]) => Promise<void>): Promise<void> {
  // Ends as usual, so that databases end and their folders go, too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  try {
    await run(process.argv.slice(2).filter((arg) => arg !== '--'));
    // Connections of the load generator would keep the process alive.
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
