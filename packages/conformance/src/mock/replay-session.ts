import { isDeepStrictEqual } from 'node:util';
import type { Socket } from 'socket.io';
import { checkSession } from './check-script';
import { openServer } from './open-server';
import type { Session, SessionStep } from './session';
import { splitArguments } from './split-arguments';

/** A server that says again what another one has said. */
export interface SessionReplay {
  readonly url: string;
  readonly close: () => Promise<void>;
}

type ClientStep = Extract<SessionStep, { from: 'client' }>;

/** One event of a client, with what the server did after it and before the next one. */
interface Turn {
  readonly asked: ClientStep;
  readonly told: SessionStep[];
}

/** What the server said before the client said anything, and what after each of its events. */
function toTurns(session: Session): { readonly first: readonly SessionStep[]; readonly turns: Turn[] } {
  const first: SessionStep[] = [];
  const turns: Turn[] = [];
  for (const step of session) {
    if (step.from === 'client') turns.push({ asked: step, told: [] });
    else (turns.at(-1)?.told ?? first).push(step);
  }
  return { first, turns };
}

function serve(socket: Socket, session: Session): void {
  const { first, turns } = toTurns(session);
  const tell = (steps: readonly SessionStep[]) => {
    for (const { event, payload } of steps) socket.emit(event, payload);
  };
  tell(first);
  socket.onAny((event: string, ...args: unknown[]) => {
    const { payload, acknowledge } = splitArguments(args);
    const of = turns.filter(({ asked }) => asked.event === event);
    const turn = of.find(({ asked }) => isDeepStrictEqual(asked.payload, payload)) ?? of[0];
    if (!turn) return;
    turns.splice(turns.indexOf(turn), 1);
    tell(turn.told);
    if (turn.asked.answer !== undefined) acknowledge?.(turn.asked.answer);
  });
}

/**
 * Serves a session that was recorded, to every client from its beginning. An event of the client is answered as it was then:
 * the one with the same payload, else the next of the same name. What is not in the session is not answered.
 * @throws WirepactError `INVALID_OPTIONS` for what is not a session
 */
export async function replaySession(session: Session): Promise<SessionReplay> {
  checkSession(session);
  const { server, listen, close } = openServer();
  server.on('connection', (socket) => serve(socket, session));
  return { url: await listen(), close };
}
