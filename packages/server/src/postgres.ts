export { createPostgresStore, type PostgresStoreOptions } from './store/postgres-store';
