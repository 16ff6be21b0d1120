import { Encoder, type Packet, PacketType } from 'socket.io-parser';

/** What is before the data of a packet. */
const head = ({ type, nsp, id }: Packet) => `${type}${nsp === '/' ? '' : `${nsp},`}${id ?? ''}`;

/** The packet of an event that was encoded before, here or in another process. */
export class EncodedPacket implements Packet {
  readonly type = PacketType.EVENT;

  constructor(
    public nsp: string,
    readonly text: string,
  ) {}

  /** Parsed where somebody asks for it. */
  get data(): unknown {
    return JSON.parse(this.text.slice(head(this).length));
  }
}

/** Socket.IO's own encoder, without its search for binary data in everything that is sent: this contract has none. */
export class PacketEncoder extends Encoder {
  override encode(packet: Packet): [packet: string] {
    if (packet instanceof EncodedPacket) return [packet.text];
    return [`${head(packet)}${packet.data === undefined ? '' : JSON.stringify(packet.data)}`];
  }
}
