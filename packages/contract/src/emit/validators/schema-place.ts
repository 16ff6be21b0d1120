import { WirepactError } from '../../error';
import { toPointerToken } from '../../issues';

/** Where in a contract a schema stands: what a refusal has to name. */
export class SchemaPlace {
  /** @param pointer JSON Pointer from the type's own schema. */
  constructor(
    private readonly contract: string,
    private readonly type: string,
    private readonly pointer = '',
  ) {}

  /** The place of a schema inside this one. */
  at(...tokens: readonly (string | number)[]): SchemaPlace {
    const suffix = tokens.map((token) => `/${toPointerToken(String(token))}`).join('');
    return new SchemaPlace(this.contract, this.type, this.pointer + suffix);
  }

  /** The error to throw for a keyword here that no validator can be emitted for. */
  refusal(keyword: string, reason: string): WirepactError {
    const place = `${this.contract}: type "${this.type}", at "${this.pointer}"`;
    return new WirepactError('INVALID_CONTRACT', `${place}: the keyword "${keyword}" ${reason}`);
  }
}
