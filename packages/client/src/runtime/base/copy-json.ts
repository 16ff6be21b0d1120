/** A copy of what is JSON. The state of some frameworks is made of proxies, which `structuredClone` refuses. */
export const copyJson = <Value>(value: Value): Value => value && JSON.parse(JSON.stringify(value));
