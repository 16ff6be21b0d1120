/** What the parent asks a server process. */
export interface Question {
  ask: 'cpu' | 'memory' | 'stop';
}

/** What a server process says when it listens. */
export interface Listening {
  port: number;
}

/** CPU time of the whole process since its start, in microseconds. */
export interface CpuAnswer {
  cpuMicros: number;
}

/** What the process holds after a full garbage collection, in bytes. */
export interface MemoryAnswer {
  rss: number;
  heapUsed: number;
}
