import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { PayloadOf } from '@wirepact/contract';
import { type CheckedSocket, checkSocket, type PlainSocket } from '@wirepact/server';
import { polls } from './contract';

type Client = CheckedSocket<typeof polls>;
type Payload<Name extends keyof typeof polls.clientToServer> = PayloadOf<(typeof polls.clientToServer)[Name]>;

/** The polls, as a gateway of Nest has them; what comes and goes is checked. */
@WebSocketGateway()
export class PollsGateway implements OnGatewayConnection {
  private readonly counts = new Map<string, number>();

  handleConnection(socket: PlainSocket): void {
    checkSocket(polls, socket);
  }

  @SubscribeMessage('watch')
  watch(@ConnectedSocket() client: Client, @MessageBody() { pollId }: Payload<'watch'>) {
    client.join(pollId);
    return { ok: true, data: null };
  }

  @SubscribeMessage('vote')
  vote(@ConnectedSocket() client: Client, @MessageBody() { pollId, choice }: Payload<'vote'>) {
    const votes = (this.counts.get(`${pollId} ${choice}`) ?? 0) + 1;
    this.counts.set(`${pollId} ${choice}`, votes);
    client.to(pollId).emit('voted', { pollId, choice, votes });
    return { ok: true, data: { votes } };
  }
}
