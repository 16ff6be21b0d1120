import { connect } from 'node:net';
import { WirepactError } from '@wirepact/contract/runtime';

const TIMEOUT_MS = 10_000;
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

/** Several addresses of one name are told as an error that has a code and no message. */
const reasonOf = ({ code, message }: NodeJS.ErrnoException) => message || String(code);

/**
 * Looks whether anybody listens at a URL, so that a server that is not there is told once, and not by every check.
 * @throws WirepactError `CONNECTION_FAILED`
 */
export async function checkReachable(url: string): Promise<void> {
  if (!URL.canParse(url)) throw new WirepactError('INVALID_OPTIONS', `${JSON.stringify(url)} is no address.`);
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port) || (PORTS[protocol] ?? 80) });
  const reason = await new Promise<string | undefined>((resolve) => {
    socket.setTimeout(TIMEOUT_MS, () => resolve(`no answer within ${TIMEOUT_MS} ms`));
    socket.once('error', (error) => resolve(reasonOf(error)));
    socket.once('connect', () => resolve(undefined));
  });
  socket.destroy();
  if (reason === undefined) return;
  const text = `Nobody can be reached at ${url}: ${reason}. Is the server running?`;
  throw new WirepactError('CONNECTION_FAILED', text);
}
