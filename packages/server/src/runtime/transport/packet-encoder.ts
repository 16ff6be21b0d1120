import { Encoder, type Packet } from 'socket.io-parser';

/** Socket.IO's own encoder, without its search for binary data in everything that is sent: this contract has none. */
export class PacketEncoder extends Encoder {
  override encode({ type, nsp, id, data }: Packet): [packet: string] {
    const namespace = nsp === '/' ? '' : `${nsp},`;
    const json = data === undefined ? '' : JSON.stringify(data);
    return [`${type}${namespace}${id ?? ''}${json}`];
  }
}
