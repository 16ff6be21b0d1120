import { testOnSqlite } from './short-runs';

// The other short runs are in chaos.defects.ts.
testOnSqlite('chat');
