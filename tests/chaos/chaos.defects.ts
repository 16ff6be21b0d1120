import { testOnPostgres, testOnSqlite } from './short-runs';

// No server is wrong here: these are the pairs of store and subject that chaos.test.ts leaves out.
testOnSqlite('board');
testOnPostgres('chat');
