import { WirepactError } from '../error';
import { toPointerToken } from '../issues';

/** Where in a contract a schema stands: what a refusal has to name. */
export class SchemaPlace {
  /**
   * @param root What the schema is that the pointer starts from: `board: type "Card"`.
   * @param pointer JSON Pointer from there.
   */
  constructor(
    private readonly root: string,
    private readonly pointer = '',
  ) {}

  /** The place of a schema inside this one. */
  at(...tokens: readonly (string | number)[]): SchemaPlace {
    const suffix = tokens.map((token) => `/${toPointerToken(String(token))}`).join('');
    return new SchemaPlace(this.root, this.pointer + suffix);
  }

  /** The error to throw for a schema here that no contract may have. */
  refuse(reason: string): WirepactError {
    return new WirepactError('INVALID_CONTRACT', `${this.root}, at "${this.pointer}": ${reason}`);
  }

  /** The error to throw for a keyword here that no contract may have, or not so. */
  refusal(keyword: string, reason: string): WirepactError {
    return this.refuse(`the keyword "${keyword}" ${reason}`);
  }
}
