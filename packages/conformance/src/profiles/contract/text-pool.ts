import { findPayloadError } from '@wirepact/contract/runtime';
import { type Fields, isFields } from '../../wire/packet';
import type { EventView } from './contract-view';

const MAX_TEXTS = 64;
const MAX_LENGTH = 128;
const MAX_VARIANTS = 80;

/** Texts that a server has answered with, such as names and ids of what it has. */
export class TextPool {
  private readonly texts = new Set<string>();

  /** Notes the texts in an answer, and the names of its properties. */
  learn(value: unknown): void {
    if (typeof value === 'string') this.add(value);
    else if (Array.isArray(value)) for (const item of value) this.learn(item);
    else if (isFields(value)) {
      for (const [name, inner] of Object.entries(value)) {
        this.add(name);
        this.learn(inner);
      }
    }
  }

  /** Valid payloads of an event that have one of the texts in the place of one of theirs; of those, so many at most. */
  variantsOf({ declared, event }: EventView, payload: unknown): readonly Fields[] {
    // In a room that is new nothing is there that could be changed.
    if (!isFields(payload) || !declared.room) return [];
    const names = Object.keys(payload).filter(
      (name) =>
        typeof payload[name] === 'string' && name !== declared.room?.property && name !== declared.key,
    );
    return names
      .flatMap((name) => [...this.texts].map((text) => ({ ...payload, [name]: text })))
      .filter((variant) => !findPayloadError(event, variant))
      .slice(0, MAX_VARIANTS);
  }

  private add(text: string): void {
    if (this.texts.size < MAX_TEXTS && text.length <= MAX_LENGTH) this.texts.add(text);
  }
}
