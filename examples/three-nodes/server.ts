import { fileURLToPath } from 'node:url';
import { startBackends } from './backends';
import { createBalancer } from './balancer';
import { runNode } from './node';
import { Nodes } from './nodes';

const { ROLE, PORT = '3000' } = process.env;

/** Three nodes on this machine, with a load balancer in front, and what they need behind them. */
async function runAll(): Promise<void> {
  const backends = await startBackends();
  const nodes = new Nodes(fileURLToPath(import.meta.url), backends.environment);
  for (let count = 0; count < 3; count += 1) await nodes.start();
  const balancer = createBalancer(() => nodes.readyPorts());
  balancer.listen(Number(PORT), () => {
    const address = balancer.address();
    const port = typeof address === 'object' ? address?.port : address;
    console.log(`three nodes are at http://localhost:${port}; \`kill -HUP ${process.pid}\` replaces them`);
  });
  process.on('SIGHUP', () => void nodes.replaceAll());
  const stop = async () => {
    balancer.close();
    balancer.closeAllConnections();
    await nodes.stop();
    await backends.stop();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
}

// A container runs one node; without containers one command runs everything, and each node is this program again.
await (ROLE === 'node' ? runNode() : runAll());
