export {
  createInspector,
  type InspectedAnswer,
  type InspectedEvent,
  type Inspector,
} from './runtime/request/inspector';
