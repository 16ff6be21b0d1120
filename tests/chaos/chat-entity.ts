const PREFIX = '00000000-0000-4000-8000-';
const ENTITY = /^00000000-0000-4000-8000-0*(c\d+)$/;

/** Who a member is on the deployed wire, where everybody is a UUID. */
export const toEntityId = (name: string): string => `${PREFIX}${name.padStart(12, '0')}`;

const NAME = /^c\d+-(\d+)/;
/** One of so many. */
const GIVEN_UP = 3;

/** Whether nobody sends the message of this name again where its connection was lost with it. */
export const isGivenUp = (name: string): boolean => Number(NAME.exec(name)?.[1]) % GIVEN_UP === 0;

/** The name of the member that is this entity; of any other, its id. */
export const nameOfEntity = (entityId: string): string => ENTITY.exec(entityId)?.[1] ?? entityId;
