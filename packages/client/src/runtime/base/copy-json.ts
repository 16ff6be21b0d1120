/**
 * A copy of what is JSON. The state of some frameworks is made of proxies, which `structuredClone` refuses. What is no JSON is
 * given back as it is, for whoever looks at it next to refuse.
 */
export function copyJson<Value>(value: Value): Value {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return value;
  }
}
