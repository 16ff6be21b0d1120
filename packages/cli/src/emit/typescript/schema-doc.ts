import type { JsonSchema } from '@wirepact/contract/tools';
import { describeConstraints } from '../constraints';
import { typesOf } from '../schema-types';
import type { JsDoc } from './jsdoc';

/** What an editor shows of a schema: its description, and what its TypeScript type does not say. */
export function toSchemaDoc(schema: JsonSchema): JsDoc {
  if (typeof schema === 'boolean') return { texts: [] };
  const whole = typesOf(schema)?.includes('integer') ? ['Whole number'] : [];
  const constraints = [...whole, ...describeConstraints(schema)];
  return {
    texts: [schema.description, constraints.length > 0 ? `${constraints.join('. ')}.` : undefined],
    tags: { deprecated: schema.deprecated ? '' : undefined },
  };
}
