import { join } from 'node:path';
import type { Figure } from '../figure';
import { PIPELINE_GOALS } from '../goals';
import { joinChat } from '../members/socketio-member';
import type { RunOptions } from '../options';
import { withTemporaryFolder } from '../temporary-folder';
import { measureConversation } from './conversations';

const FILE = 'pipeline.db';

/** One channel, whose members all send. */
const SHAPE = { rooms: 1, members: 16, inFlight: 4 };
const CONVERSATION = {
  title: `whole pipeline, ${SHAPE.members} members × ${SHAPE.inFlight} in flight`,
  shape: SHAPE,
  variants: ['ours', 'sqlite', 'plain'],
  joins: { ours: joinChat, sqlite: joinChat, plain: joinChat },
  goals: PIPELINE_GOALS,
} as const;

/** The whole pipeline: a message is checked, kept, acknowledged and delivered to all members, its sender included. */
export const measurePipeline = (options: RunOptions): Promise<Figure[]> =>
  withTemporaryFolder((folder) =>
    measureConversation(CONVERSATION, { ...options, databases: { sqlite: join(folder, FILE) } }),
  );
