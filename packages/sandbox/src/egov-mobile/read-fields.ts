/** Strict reading of named fields: exact case, exact type, a refusal that names the field. */
import { PhoneError, type PhonePlace } from './error.ts'
import { type JsonNode, type JsonObject, memberOf } from './json-text.ts'

/** Where a value is: which answer, and the path to it. */
export type FieldPlace = { readonly place: PhonePlace; readonly path: string }

/** `documentsToSign[0]` + `id` → `documentsToSign[0].id`. */
export function at(parent: FieldPlace, key: string): FieldPlace {
  return { ...parent, path: parent.path === '' ? key : `${parent.path}.${key}` }
}

/**
 * Refuses a key that differs from a known one only in case: the seed wants letter case to be exact, and such
 * a key is always a slip. Other unknown keys are let through: the app sends them back untouched.
 *
 * @throws {PhoneError} `field.wrong-case`
 */
export function checkCase(object: JsonObject, where: FieldPlace, known: readonly string[]): void {
  for (const { key } of object.members) {
    const expected = known.find((name) => name !== key && name.toLowerCase() === key.toLowerCase())
    if (expected === undefined) continue
    throw new PhoneError({
      code: 'field.wrong-case',
      message: `The field ${at(where, expected).path} of ${where.place} is written in another case.`,
      advice: 'Write every field exactly as the seed does.',
      data: { place: where.place, field: at(where, expected).path, found: key, expected },
    })
  }
}

/** @throws {PhoneError} `field.wrong-type` */
export function objectAt(node: JsonNode, where: FieldPlace): JsonObject {
  if (node.kind === 'object') return node
  throw wrongType(node, where, 'object')
}

/** @throws {PhoneError} `field.missing` */
export function required(object: JsonObject, where: FieldPlace, key: string): JsonNode {
  const node = memberOf(object, key)
  if (node !== undefined) return node
  throw new PhoneError({
    code: 'field.missing',
    message: `The field ${at(where, key).path} of ${where.place} is missing.`,
    advice: 'Add the field; its name and case are in the seed.',
    data: { place: where.place, field: at(where, key).path },
  })
}

/** A required string. @throws {PhoneError} `field.missing`, `field.wrong-type` */
export function stringAt(object: JsonObject, where: FieldPlace, key: string): string {
  const node = required(object, where, key)
  if (node.kind === 'string') return node.value
  throw wrongType(node, at(where, key), 'string')
}

/** A required string that says something. @throws {PhoneError} as {@link stringAt}, `field.wrong-value` */
export function textAt(object: JsonObject, where: FieldPlace, key: string): string {
  const value = stringAt(object, where, key)
  if (value.trim() !== '') return value
  throw wrongValue(at(where, key), { expected: 'a text' })
}

/** A required JSON integer as it was written. @throws {PhoneError} `field.missing`, `field.wrong-type` */
export function integerAt(object: JsonObject, where: FieldPlace, key: string): string {
  const node = required(object, where, key)
  if (node.kind === 'number' && /^-?\d+$/.test(node.source)) return node.source
  throw wrongType(node, at(where, key), 'integer')
}

/** A required constant in exactly this case. @throws {PhoneError} as {@link stringAt}, `field.wrong-value` */
export function constantAt<const Value extends string>(
  object: JsonObject,
  where: FieldPlace,
  options: { key: string; values: readonly Value[] },
): Value {
  const found = stringAt(object, where, options.key)
  const value = options.values.find((candidate) => candidate === found)
  if (value !== undefined) return value
  throw wrongValue(at(where, options.key), {
    expected: options.values.join(', '),
    found: found.slice(0, 64),
  })
}

/** @throws {PhoneError} `field.unexpected` */
export function absent(
  object: JsonObject,
  where: FieldPlace,
  options: { key: string; why: string },
): void {
  if (memberOf(object, options.key) === undefined) return
  throw new PhoneError({
    code: 'field.unexpected',
    message: `The field ${at(where, options.key).path} of ${where.place} may not be there: ${options.why}.`,
    advice: 'Leave the field out.',
    data: { place: where.place, field: at(where, options.key).path },
  })
}

export function wrongType(node: JsonNode, where: FieldPlace, expected: string): PhoneError {
  return new PhoneError({
    code: 'field.wrong-type',
    message: `The field ${where.path || '(root)'} of ${where.place} is not of type ${expected}.`,
    advice: `Send the field as a JSON ${expected}.`,
    data: { place: where.place, field: where.path, found: node.kind, expected },
  })
}

export function wrongValue(
  where: FieldPlace,
  more: { expected: string; found?: string },
): PhoneError {
  return new PhoneError({
    code: 'field.wrong-value',
    message: `The field ${where.path} of ${where.place} does not hold ${more.expected}.`,
    advice: 'Copy constants and formats from the seed, in the same case.',
    data: { place: where.place, field: where.path, ...more },
  })
}
