import * as Type from 'typebox';

/** A UUID of any version, the nil UUID included. */
export const uuid = (description: string) => Type.String({ format: 'uuid', description });

/** Who sends: any name for a person or agent that the application chooses, not only a UUID. */
export const entityId = (description: string) => Type.String({ minLength: 1, maxLength: 256, description });

/** A client’s own name for its message, echoed to the sender. */
export const clientMessageId = (description: string) =>
  Type.String({ minLength: 1, maxLength: 256, description });
