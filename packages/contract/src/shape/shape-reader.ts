import type { JsonSchema, JsonSchemaObject, JsonType } from '../json-schema';
import { readArrays } from './keywords/arrays';
import { readChoices } from './keywords/choices';
import { readCombinations } from './keywords/combinations';
import { readNumbers } from './keywords/numbers';
import { readObjects } from './keywords/objects';
import { readStrings } from './keywords/strings';
import { checkKeywords, readTypes } from './keywords/vocabulary';
import type { SchemaContext } from './schema-context';
import { SchemaPlace } from './schema-place';
import { applies, type Refinement, type Rule, Shape } from './shape';

/** Marks, among the types being read, that a schema about an inner value was entered. */
const INNER = Symbol('inner');

/** What schemas are read from: a contract's document, or what was declared for one event. */
export interface SchemaSource {
  /** What the types are of, for messages. */
  readonly title: string;
  /** The types that `$ref` may point at, by name. */
  readonly $defs: Readonly<Record<string, JsonSchema>>;
  /** Code that values of some schemas must satisfy. Default: none. */
  readonly refinements?: ReadonlyMap<JsonSchema, readonly Refinement[]>;
}

/** Reads schemas. Equal ones become one shape, whatever they are called and described as. */
export class ShapeReader {
  private readonly shapes = new Map<string, Shape>();
  private readonly types = new Map<string, Shape>();
  private readonly underWay: (string | typeof INNER)[] = [];
  private readonly refinements: Refinement[] = [];

  constructor(private readonly source: SchemaSource) {}

  /**
   * The shape of a type of the source.
   * @throws WirepactError `INVALID_CONTRACT` where its schema is not one that a contract may have.
   */
  readType(name: string): Shape {
    const known = this.types.get(name);
    if (known) return known;
    this.underWay.push(name);
    const place = new SchemaPlace(`${this.source.title}: type "${name}"`);
    const shape = this.read(this.source.$defs[name] ?? true, place);
    this.underWay.pop();
    this.types.set(name, shape);
    return shape;
  }

  /**
   * The shape of a schema that is no type of the source; it may refer to some.
   * @throws WirepactError `INVALID_CONTRACT` where it is not one that a contract may have.
   */
  read(schema: JsonSchema, place: SchemaPlace): Shape {
    if (schema === true) return this.intern(undefined, []);
    if (schema === false) return this.intern([], []);
    checkKeywords(schema, place);
    const { $ref, ...others } = schema;
    const stated = readTypes(schema, place);
    const rules = [...this.readRules(others, stated, place), ...this.readCode(schema)];
    // Its choices say what a value may be; the types have ruled out those that they do not allow.
    const types = schema.const === undefined && schema.enum === undefined ? stated : undefined;
    if ($ref === undefined) return this.intern(types, rules);
    const target = this.readReference($ref, place);
    if (types === undefined && rules.length === 0) return target;
    return this.intern(types, [{ kind: 'all', shapes: [target] }, ...rules]);
  }

  private readRules(schema: JsonSchemaObject, types: Shape['types'], place: SchemaPlace): Rule[] {
    const context = this.contextAt(place);
    const rules = [
      ...readChoices(schema, context, types),
      ...readStrings(schema, context),
      ...readNumbers(schema, context),
      ...readArrays(schema, context),
      ...readObjects(schema, context),
      ...readCombinations(schema, context),
    ];
    return rules.filter(({ on }) => applies(on, types) !== 'never');
  }

  private readCode(schema: JsonSchemaObject): Rule[] {
    const refinements = this.source.refinements?.get(schema) ?? [];
    return refinements.map((refinement) => ({
      kind: 'code',
      id: this.refinements.push(refinement),
      refinement,
    }));
  }

  private contextAt(place: SchemaPlace): SchemaContext {
    return {
      place,
      readSame: (schema, ...tokens) => this.read(schema, place.at(...tokens)),
      readInner: (schema, ...tokens) => {
        this.underWay.push(INNER);
        const shape = this.read(schema, place.at(...tokens));
        this.underWay.pop();
        return shape;
      },
    };
  }

  private readReference(reference: string, place: SchemaPlace): Shape {
    const name = /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1];
    if (name === undefined || !Object.hasOwn(this.source.$defs, name)) {
      throw place.refusal('$ref', `has ${JSON.stringify(reference)}; refer to a type: "#/$defs/<name>".`);
    }
    const start = this.underWay.lastIndexOf(name);
    if (start === -1) return this.readType(name);
    if (!this.underWay.includes(INNER, start)) {
      throw place.refusal('$ref', `leads back to "${name}" for the same value, so that no check would end.`);
    }
    return this.intern(undefined, [], name);
  }

  private intern(types: readonly JsonType[] | undefined, rules: readonly Rule[], refersTo?: string): Shape {
    const isNothing = rules.some((rule) => rule.kind === 'not' && rule.shape.isAnything);
    if (isNothing && types?.length !== 0) return this.intern([], []);
    const key = JSON.stringify([types ?? null, rules, refersTo]);
    const shape = this.shapes.get(key) ?? new Shape(this.shapes.size, types, rules, refersTo);
    this.shapes.set(key, shape);
    return shape;
  }
}
