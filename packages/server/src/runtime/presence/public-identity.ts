import { findBoundsIssue, type PublicIdentity } from '@wirepact/contract/runtime';
import type { Logger } from 'pino';
import { atOnce } from '../at-once';
import type { Identity } from '../ports/identity';

/** Who others see in place of an identity. */
export type ToPublicIdentity = (identity: Identity) => PublicIdentity;

const BOUNDS = { maxDepth: 4, maxProperties: 16, maxSize: 1_024 };
const MAX_LENGTH = 256;

const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_LENGTH;

/** What of an identity anybody may see, where the host does not say it. */
const toDefault: ToPublicIdentity = ({ entityId, entityName }) => ({
  entityId,
  ...(entityName !== undefined && { name: entityName }),
});

/** What is wrong with what the host answered, in words for its log; `undefined` where nothing is. */
function findFlaw(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no object';
  const { entityId, name }: { entityId?: unknown; name?: unknown } = value;
  if (!isText(entityId)) return `has no \`entityId\` of 1 to ${MAX_LENGTH} characters`;
  if (name !== undefined && !isText(name)) return `has no \`name\` of 1 to ${MAX_LENGTH} characters`;
  const issue = findBoundsIssue(value, BOUNDS);
  return issue && `${issue.path} ${issue.message}`;
}

/**
 * Says who others see in place of an identity: as the host's `publicIdentity` has it, each identity asked about once.
 * Where that throws or answers with something else, others see what they do without it, and the log says why.
 */
export function createPublicIdentities(
  ask: ToPublicIdentity | undefined,
  logger: Pick<Logger, 'error'>,
): ToPublicIdentity {
  if (!ask) return toDefault;
  const known = new WeakMap<Identity, PublicIdentity>();
  const read = (identity: Identity): PublicIdentity => {
    try {
      const answer = ask(identity);
      const flaw = findFlaw(atOnce(answer));
      // What the host changes in it later is not looked at again.
      if (!flaw) return structuredClone(answer);
      logger.error(`what publicIdentity answered ${flaw}: members see entityId and name alone`);
    } catch (err) {
      logger.error({ err }, 'publicIdentity failed: members see entityId and name alone');
    }
    return toDefault(identity);
  };
  return (identity) => {
    const before = known.get(identity);
    if (before) return before;
    const shown = read(identity);
    known.set(identity, shown);
    return shown;
  };
}
