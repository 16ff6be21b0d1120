/**
 * Shows each event in and out of a client. For development.
 * @module
 */

export {
  createInspector,
  type InspectedAnswer,
  type InspectedEvent,
  type Inspector,
} from './runtime/request/inspector';
