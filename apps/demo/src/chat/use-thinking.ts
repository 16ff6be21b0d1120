import type { ChannelHandle } from '@wirepact/client/react';
import { useEffect, useState } from 'react';
import { isAgentMessage } from './is-agent-message';

/** Whether answers are still to come: one for everything a person says while this window is there to hear it. */
export function useThinking({ channel, state }: ChannelHandle): boolean {
  const [awaited, setAwaited] = useState(0);

  // What was missed is told again, but the answers to it have been given, or are lost.
  useEffect(() => {
    if (!channel || state !== 'joined') return setAwaited(0);
    const stops = [
      channel.on('messageBroadcast', (message) => {
        if (!isAgentMessage(message)) setAwaited((count) => count + 1);
      }),
      channel.on('messageComplete', () => setAwaited((count) => Math.max(0, count - 1))),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [channel, state]);

  return awaited > 0;
}
