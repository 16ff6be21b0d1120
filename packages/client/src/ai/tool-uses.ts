import type { ToolUse } from '@wirepact/protocol';
import { isRecord } from '../runtime/base/is-record';

/** The tools that an answer has used; they are among the `actions` of its message, as `{ tool }`. */
export function readToolUses(actions: readonly unknown[] = []): ToolUse[] {
  return actions.flatMap((action) => {
    const tool = isRecord(action) ? action.tool : undefined;
    if (!isRecord(tool)) return [];
    const { id, name, input, output, error } = tool;
    if (typeof id !== 'string' || typeof name !== 'string') return [];
    const failure = typeof error === 'string' ? { error } : {};
    return [{ id, name, input, output, ...failure }];
  });
}
