import { runCommand } from './cli/main';

const { stdout, stderr } = process;

const code = await runCommand(process.argv.slice(2), {
  out: (text) => console.log(text),
  err: (text) => console.error(text),
  // Only a terminal can write over a line; anywhere else it would be a line for each check.
  progress: (line) => {
    if (stderr.isTTY) stderr.write(`\r\u001b[K${line}`);
  },
});
// The module of a contract may have left a timer or a connection behind, which would keep the process alive. What was
// printed is written first.
stdout.write('', () => stderr.write('', () => process.exit(code)));
