/** What the contract says of its events and codes, in words. */
export interface ContractRules {
  /** What an event is for; `undefined` where the contract has none of this name. */
  describeEvent(event: string): string | undefined;
  /** What a code means, and what to do about it. */
  describeCode(code: string): string | undefined;
}

type Described = Readonly<Record<string, { readonly description: string; readonly action?: string }>>;

const find = (all: Described, name: string) => (Object.hasOwn(all, name) ? all[name] : undefined);

/** What the chat's contract says, read from its document, and what the client says of codes of its own. */
export async function loadContractRules(): Promise<ContractRules> {
  const [{ default: document }, { CLIENT_ERRORS }] = await Promise.all([
    import('@wirepact/protocol/schema.json'),
    import('@wirepact/client'),
  ]);
  const events: Described = { ...document.clientToServer, ...document.serverToClient };
  const codes: Described = { ...CLIENT_ERRORS, ...document.errors };
  return {
    describeEvent: (event) => find(events, event)?.description,
    describeCode(code) {
      const { description, action } = find(codes, code) ?? {};
      return description && [description, action].filter(Boolean).join(' ');
    },
  };
}
