import type { Dialect, RestHandler } from '@wirepact/server';

/** One of so many messages meets what happens to few. */
const FEW = 20;

type Told = ReturnType<Dialect['send'][string]>;

/** Does something else with what rooms are told of one of so many messages. */
const insteadOfSome =
  (tell: (told: Told) => Told) =>
  (dialect: Dialect, meet: () => void): Dialect => {
    const { messageBroadcast } = dialect.send;
    let count = 0;
    return {
      ...dialect,
      send: {
        ...dialect.send,
        messageBroadcast(payload, client) {
          const told = messageBroadcast?.(payload, client) ?? [];
          count += client ? 0 : 1;
          if (client || count % FEW !== 0) return told;
          meet();
          return tell(told);
        },
      },
    };
  };

/** Tells one of so many messages behind the next one. */
function tellsLate(dialect: Dialect, meet: () => void): Dialect {
  let late: Told = [];
  const keeping = insteadOfSome((told) => {
    late = told;
    return [];
  })(dialect, meet);
  return {
    ...keeping,
    send: {
      ...keeping.send,
      messageBroadcast(payload, client) {
        const before = client ? [] : late;
        if (!client) late = [];
        return [...(keeping.send.messageBroadcast?.(payload, client) ?? []), ...before];
      },
    },
  };
}

/** Its receipts do not name the message that they are of. */
function losesNames(dialect: Dialect, meet: () => void): Dialect {
  const { message } = dialect.receive;
  return {
    ...dialect,
    receive: {
      ...dialect.receive,
      message: (args, client) =>
        message?.(args, {
          ...client,
          tell(event, payload) {
            if (event !== 'messageAck') return client.tell(event, payload);
            meet();
            client.tell(event, { ...Object(payload), clientMessageId: undefined });
          },
        }),
    },
  };
}

const FAULTS = {
  'deployed-told-twice': insteadOfSome((told) => [...told, ...told]),
  'deployed-told-late': tellsLate,
  'deployed-not-told': insteadOfSome(() => []),
  'receipts-without-names': losesNames,
};

/** A defect in what members on the deployed wire are told. */
export type DialectFault = keyof typeof FAULTS;

export const isDialectFault = (name: string | undefined): name is DialectFault =>
  name !== undefined && name in FAULTS;

/** The dialect, but with a defect. @param meet Is called each time. */
export const withDialectFault = (dialect: Dialect, fault: DialectFault, meet: () => void): Dialect =>
  FAULTS[fault](dialect, meet);

/** A defect in what they are told by HTTP. */
export type RestFault = 'no-history';

export const isRestFault = (name: string | undefined): name is RestFault => name === 'no-history';

/** The REST side, but no channel has a history. @param meet Is called each time. */
export const withoutHistory =
  (rest: RestHandler, meet: () => void): RestHandler =>
  (request, response) => {
    if (request.method !== 'GET') return rest(request, response);
    meet();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ success: true, data: { messages: [] } }));
  };
