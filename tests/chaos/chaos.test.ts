import { testOnPostgres, testOnSqlite } from './short-runs';

// Each store and each subject once; the other two pairs are in chaos.defects.ts.
testOnSqlite('chat');
testOnPostgres('board');
