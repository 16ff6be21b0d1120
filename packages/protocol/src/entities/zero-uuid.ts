/** The server that stands for “no particular server”: what a missing `serverId` means. */
export const ZERO_UUID = '00000000-0000-0000-0000-000000000000';
