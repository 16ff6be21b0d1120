/**
 * Keeps the chat in PostgreSQL. Needs `pg`.
 * @module
 */

export { createPostgresStore, type PostgresStoreOptions } from './chat/store/postgres-store';
