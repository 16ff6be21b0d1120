/** What the parent asks a server process. */
export interface Question {
  ask: 'cpu' | 'memory' | 'listeners' | 'stop';
}

/** What a server process says when it listens. */
export interface Listening {
  port: number;
}

/** CPU time of the whole process since its start, in microseconds. */
export interface CpuAnswer {
  cpuMicros: number;
}

/** How much in the process listens to something. */
export interface ListenersAnswer {
  listeners: number;
}

/** What the process holds after a full garbage collection, in bytes. */
export interface MemoryAnswer {
  rss: number;
  heapUsed: number;
}
