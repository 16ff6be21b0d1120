/** Version of the wire. 1.0 is the Socket.IO Events document; 1.1 adds acknowledgements, numbered events and what is marked so. */
export const PROTOCOL_VERSION = '1.1.0';
