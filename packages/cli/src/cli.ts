import { runCommand } from './cli/main';

const code = await runCommand(process.argv.slice(2), {
  out: (text) => console.log(text),
  err: (text) => console.error(text),
});
// The module of a contract may have left a timer or a connection behind, which would keep the process alive. What was
// printed is written first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
