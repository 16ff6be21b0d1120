/** Who sends from this window. */
export interface Sender {
  readonly entityId: string;
  readonly entityName: string;
}
