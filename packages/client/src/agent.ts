/**
 * An agent in a process of its own, which answers as a client of the chat.
 * @module
 */

export type { Agent, AgentContext, AgentLogger, AgentMessage, AgentPart } from './agent/agent';
export { type RunAgentOptions, type RunningAgent, runAgent } from './agent/run-agent';
