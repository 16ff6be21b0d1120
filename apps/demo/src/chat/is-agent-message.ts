/** Who reads and who answers: what an agent says calls for no answer. */
export const isAgentMessage = ({ source }: { readonly source?: string | undefined }): boolean =>
  source === 'agent_response';
