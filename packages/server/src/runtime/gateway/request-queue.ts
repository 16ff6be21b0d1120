import { sizeOf } from './payload-size';

/** What bounds the requests of one connection that are not answered yet. */
export interface QueueLimits {
  /** How many there may be. */
  readonly maxPending: number;
  /** Characters of their payloads together, as `limits.maxSize` counts them; a single request is always taken. */
  readonly maxPendingSize: number;
}

/** A request as its queue sees it. */
export interface QueuedRequest {
  readonly payload: unknown;
  /** Whether it may be handled is not known yet, or it may, or it may not and its sender was told. */
  state: 'waiting' | 'admitted' | 'refused';
  /** What its payload counts for; 0 where it was taken while there was no other. */
  size: number;
  isPending: boolean;
}

/** The requests of one connection that were taken and are not answered yet, and the order in which they are handled. */
export class RequestQueue<Request extends QueuedRequest> {
  private pending = 0;
  private pendingSize = 0;
  /** In the order in which they arrived; most connections have none, most of the time. */
  private line: Request[] | undefined;

  constructor(private readonly limits: QueueLimits) {}

  /** Takes a request, where there is room for it. */
  take(request: Request): boolean {
    // Most requests find no other: then nothing has to be measured.
    if (this.pending > 0) request.size = sizeOf(request.payload);
    const { maxPending, maxPendingSize } = this.limits;
    const isFull = this.pending >= maxPending || this.pendingSize + request.size > maxPendingSize;
    if (isFull && this.pending > 0) return false;
    request.isPending = true;
    this.pending += 1;
    this.pendingSize += request.size;
    return true;
  }

  /** A request is answered, whether it was taken or not. */
  release(request: Request): void {
    if (!request.isPending) return;
    request.isPending = false;
    this.pending -= 1;
    this.pendingSize -= request.size;
  }

  /** Whether a request has to wait for others before it. */
  get hasLine(): boolean {
    return this.line !== undefined;
  }

  /** From now on requests after this one wait for it. */
  lineUp(request: Request): void {
    if (this.line) this.line.push(request);
    else this.line = [request];
  }

  /** Takes the first request out of the line, unless it has to wait. */
  next(): Request | undefined {
    if (!this.line || this.line[0]?.state === 'waiting') return undefined;
    const first = this.line.shift();
    if (this.line.length === 0) this.line = undefined;
    return first;
  }
}
