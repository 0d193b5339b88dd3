/** What a body of the API server says, field by field. */

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What stands at a place in a value, as in `at(object, 'status', 'artifact')`. */
export function at(value: unknown, ...names: readonly (string | number)[]): unknown {
  return names.reduce<unknown>((inner, name) => {
    if (Array.isArray(inner)) return typeof name === 'number' ? inner[name] : undefined;
    return isFields(inner) ? inner[name] : undefined;
  }, value);
}

export function textAt(value: unknown, ...names: readonly (string | number)[]): string | undefined {
  const found = at(value, ...names);
  return typeof found === 'string' ? found : undefined;
}

export function itemsOf(list: unknown): unknown[] {
  const items = at(list, 'items');
  return Array.isArray(items) ? items : [];
}

function isFields(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
