export type { Agent, AgentContext, AgentLogger, AgentMessage, AgentPart } from './agent/agent';
export { type RunAgentOptions, type RunningAgent, runAgent } from './agent/run-agent';
