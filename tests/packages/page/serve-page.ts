import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves the page that was built, under a policy that lets it load its own scripts and talk to its own server only. */
export function servePage({ url = '/', headers }: IncomingMessage, response: ServerResponse): void {
  const path = url === '/' ? '/index.html' : url;
  const policy = `default-src 'none'; script-src 'self'; connect-src 'self' ws://${headers.host}; style-src 'self'`;
  response.setHeader('content-security-policy', policy);
  response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
  try {
    response.end(readFileSync(join('page', path)));
  } catch {
    response.writeHead(404).end();
  }
}
