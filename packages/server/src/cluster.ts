export { createClusterScaleOut } from './runtime/scale-out/cluster-scale-out';
