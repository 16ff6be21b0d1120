import { firstWordOf, readSpecRules, type SpecRule } from './spec-rules';

/** What the contract says of its events and codes, in words. */
export interface ContractRules {
  /** What an event is for; `undefined` where the contract has none of this name. */
  describeEvent(event: string): string | undefined;
  /** The rules of the specification that an event follows, those of its fields included. */
  rulesOf(event: string): readonly SpecRule[];
  /** Those among them that say what the field at a JSON Pointer has to be. */
  rulesOfField(event: string, path: string): readonly SpecRule[];
  /** What a code means, and what to do about it. */
  describeCode(code: string): string | undefined;
}

type Described = Readonly<Record<string, { readonly description: string; readonly action?: string }>>;

const find = (all: Described, name: string) => (Object.hasOwn(all, name) ? all[name] : undefined);

/** What the chat's contract and its specification say, read from their documents, and what the client says of codes of its own. */
export async function loadContractRules(): Promise<ContractRules> {
  const [{ default: document }, { default: spec }, { CLIENT_ERRORS }] = await Promise.all([
    import('@wirepact/protocol/schema.json'),
    import('@wirepact/protocol/SPEC.md?raw'),
    import('@wirepact/client'),
  ]);
  const events: Described = { ...document.clientToServer, ...document.serverToClient };
  const rules = readSpecRules(spec, Object.keys(events));
  const rulesOf = (event: string) => rules.get(event) ?? [];
  const codes: Described = { ...CLIENT_ERRORS, ...document.errors };
  return {
    describeEvent: (event) => find(events, event)?.description,
    rulesOf,
    rulesOfField(event, path) {
      const [, field = ''] = path.split('/');
      return rulesOf(event).filter(({ text }) => firstWordOf(text) === field);
    },
    describeCode(code) {
      const { description, action } = find(codes, code) ?? {};
      return description && [description, action].filter(Boolean).join(' ');
    },
  };
}
