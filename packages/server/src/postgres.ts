export { createPostgresStore, type PostgresStoreOptions } from './chat/store/postgres-store';
