import { testOnBothWires, testOnPostgres, testOnSqlite } from './short-runs';

// No server is wrong here: these are the short runs that chaos.test.ts leaves out.
testOnSqlite('board');
testOnPostgres('chat');
testOnPostgres('board');
testOnBothWires();
