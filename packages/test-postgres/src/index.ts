export { findPostgres } from './find-postgres';
export { type PostgresInstance, type PostgresOptions, startPostgres } from './start-postgres';
