import type { IncomingMessage } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';

/** How large a body may be, in bytes, and how long it may take to come, in milliseconds. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** Reads nothing more once it has rejected: whoever answers then closes the connection. */
function readText(request: IncomingMessage, { maxBytes, timeoutMs }: BodyLimits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (code: string, message: string) => {
      stop();
      reject(new WirepactError(code, message));
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) fail('PAYLOAD_TOO_LARGE', `The body has more than ${maxBytes} bytes.`);
      else chunks.push(chunk);
    };
    const onEnd = () => {
      stop();
      resolve(Buffer.concat(chunks).toString('utf8'));
    };
    const onClose = () => fail('DISCONNECTED', 'The body did not come to its end.');
    const timer = setTimeout(() => fail('TIMEOUT', `The body took more than ${timeoutMs} ms.`), timeoutMs);
    const stop = () => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).pause();
    };
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

/**
 * The JSON of a request's body, `undefined` where it has none; as the host's own middleware has parsed it, where that has.
 * @throws WirepactError `INVALID_PAYLOAD`; `PAYLOAD_TOO_LARGE`; `TIMEOUT`; `DISCONNECTED`
 */
export async function readJsonBody(request: IncomingMessage, limits: BodyLimits): Promise<unknown> {
  if ('body' in request && request.body !== undefined) return request.body;
  const text = await readText(request, limits);
  if (text === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    throw new WirepactError('INVALID_PAYLOAD', 'The body is no JSON.');
  }
}
