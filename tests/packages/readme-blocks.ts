import { readCodeBlocks } from '../docs/code-blocks';

const [server = '', client = '', contract = '', boardServer = '', boardClient = ''] =
  readCodeBlocks('README.md');

/** A text with every `from` replaced; a block in which one of them does not occur is no longer what the test expects. */
export function replaceIn(text: string, replacements: Readonly<Record<string, string>>): string {
  return Object.entries(replacements).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`There is no ${JSON.stringify(from)} in:\n${text}`);
    return result.replaceAll(from, to);
  }, text);
}

/** A module whose statements after the imports are inside a function, since CommonJS knows no `await` outside of one. */
export function insideFunction(code: string): string {
  const [, imports = '', statements = ''] = /^((?:import [^\n]*\n)*)(.*)$/s.exec(code) ?? [];
  return `${imports}\n(async () => {${statements}})();\n`;
}

/** A block that imports the README's own contract, as one module with it. */
function withContract(block: string): string {
  const imports = /^import [^\n]*\n/gm;
  const rest = replaceIn(block, { "import { board } from './board.js';\n": '' });
  const all = `${contract.replace('export const', 'const')}\n${rest}`;
  return `${[...all.matchAll(imports)].join('')}${all.replaceAll(imports, '')}`;
}

/** The README's code, in its order; each may be run by itself. */
export const README = {
  server,
  client,
  contract,
  boardServer: withContract(boardServer),
  boardClient: withContract(boardClient),
};

/** The README's server on a port that is free, which it prints. */
export const serverOnFreePort = `${replaceIn(server, { 'listen(3000)': 'listen(0)' })}
httpServer.once('listening', () => console.log('port', Object(httpServer.address()).port));
`;
