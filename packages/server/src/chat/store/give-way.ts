/** Lets everything else in this process have its turn, which a database that is inside it never does by itself. */
export const giveWay = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
