export { startPlain as startServer } from '../servers/plain';
