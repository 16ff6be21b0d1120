type Commands = Readonly<Record<string, (args: never) => unknown>>;

interface Asked {
  readonly id: number;
  readonly command: string;
  readonly args: never;
}

/** Does in this process what the one that started it asks for, and ends with it. */
export function answerCommands(commands: Commands): void {
  process.on('message', async ({ id, command, args }: Asked) => {
    try {
      process.send?.({ id, result: (await commands[command]?.(args)) ?? null });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? '') : String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
}
