import * as Type from 'typebox';

/** An object with the named properties and any others besides, which pass through untouched. */
export const openObject = <Properties extends Type.TProperties>(
  properties: Properties,
  options?: Type.TObjectOptions,
) =>
  Type.Unsafe<Type.Static<Type.TObject<Properties>> & { [name: string]: unknown }>(
    Type.Object(properties, { additionalProperties: true, ...options }),
  );
