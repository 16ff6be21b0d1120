/** Version of the wire. 1.0 is the Socket.IO Events document; 1.1 and 1.2 add what is marked so. */
export const PROTOCOL_VERSION = '1.2.0';
