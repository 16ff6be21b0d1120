import type { Socket } from 'socket.io';

const LEVELS: Readonly<Record<string, number>> = {
  ...{ fatal: 60, error: 50, warn: 40, info: 30, log: 29, progress: 28, success: 27, debug: 20, trace: 10 },
};

/** Levels of the printer that writes lines for people. */
const PRINTED: Readonly<Record<string, number>> = {
  ...{ fatal: 0, error: 0, warn: 1, log: 2, info: 3, progress: 3, success: 3, debug: 4, trace: 5 },
};

/** The log, and who has subscribed to it. */
export class LogSide {
  readonly #filters = new Map<Socket, Readonly<Record<string, unknown>>>();

  /** Serves a socket. */
  serve(socket: Socket): void {
    socket.on('subscribe_logs', () => {
      this.#filters.set(socket, this.#filters.get(socket) ?? {});
      const message = 'Successfully subscribed to log stream';
      socket.emit('log_subscription_confirmed', { subscribed: true, message });
    });
    socket.on('unsubscribe_logs', () => {
      this.#filters.delete(socket);
      const message = 'Successfully unsubscribed from log stream';
      socket.emit('log_subscription_confirmed', { subscribed: false, message });
    });
    socket.on('update_log_filters', (given: object | string | null) => {
      const known = this.#filters.get(socket);
      if (!known) {
        socket.emit('log_filters_updated', { success: false, error: 'Not subscribed to log stream' });
        return;
      }
      const filters = { ...known, ...(typeof given === 'string' ? [...given] : given) };
      this.#filters.set(socket, filters);
      socket.emit('log_filters_updated', { success: true, filters });
    });
    socket.on('disconnect', () => this.#filters.delete(socket));
  }

  /** Writes a line, which subscribers get twice: with its own level, and as it is printed with the printer's. */
  write(level: string, msg: string): void {
    const time = Date.now();
    this.#send({ time, level: LEVELS[level] ?? 30, msg });
    this.#send({ time, level: PRINTED[level] ?? 3, msg: `[${level.toUpperCase()}] ${msg}` });
  }

  #send(payload: { time: number; level: number; msg: string }): void {
    for (const [socket, { level = 'all', agentName = 'all' }] of this.#filters) {
      const from = level === 'all' ? Number.NEGATIVE_INFINITY : (LEVELS[String(level)] ?? 70);
      // Lines name no agent.
      if (payload.level >= from && agentName === 'all')
        socket.emit('log_stream', { type: 'log_entry', payload });
    }
  }
}
