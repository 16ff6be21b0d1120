import { createServer } from 'node:http';
import { checkSocket } from '@wirepact/server';
import { Server } from 'socket.io';
import { polls } from './contract';

const httpServer = createServer();
const io = new Server(httpServer);
const counts = new Map<string, number>();

io.on('connection', (plain) => {
  // The one line that is new. The listeners below are as they were.
  const socket = checkSocket(polls, plain);

  socket.on('watch', ({ pollId }, answer) => {
    socket.join(pollId);
    answer?.({ ok: true, data: null });
  });

  socket.on('vote', ({ pollId, choice }, answer) => {
    const votes = (counts.get(`${pollId} ${choice}`) ?? 0) + 1;
    counts.set(`${pollId} ${choice}`, votes);
    socket.to(pollId).emit('voted', { pollId, choice, votes });
    answer?.({ ok: true, data: { votes } });
  });
});

httpServer.listen(Number(process.env.PORT ?? 3000), () => {
  const address = httpServer.address();
  console.log(`polls at http://localhost:${typeof address === 'object' ? address?.port : address}`);
});
