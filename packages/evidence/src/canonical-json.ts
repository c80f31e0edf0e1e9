function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortKeys)
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([key, inner]) => [key, sortKeys(inner)]),
    )
  }

  return value
}

/**
 * JSON with object keys in the order of their UTF-16 units and no spaces (as RFC 8785 §3.2.3): the same
 * value always gives the same bytes.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
  }

  return JSON.stringify(value ?? null)
}

/**
 * The same order of keys, on lines for people. Databases do not keep the order of keys; a file must not
 * depend on where its data was in the meantime.
 */
export function readableJson(value: unknown): string {
  return `${JSON.stringify(sortKeys(value), undefined, 2)}\n`
}
