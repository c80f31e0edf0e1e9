import { plainText } from '../command/plain-text.ts'
import type { Described } from './describe-certificate.ts'

/** `notBefore` as people read it: `not before`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

const isPlain = (value: Described): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

function show(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : plainText(String(value))
}

function renderList(name: string, list: readonly Described[], indent: string): readonly string[] {
  if (list.every(isPlain)) {
    return list.length === 0 ? [] : [`${indent}${words(name)}: ${list.map(show).join(', ')}`]
  }

  return list.flatMap((each, index) => [
    `${indent}${words(name)} ${index + 1} of ${list.length}`,
    ...(isPlain(each) ? [`${indent}  ${show(each)}`] : renderDescription(each, `${indent}  `)),
  ])
}

/** A description as indented lines; what is not there is not mentioned. */
export function renderDescription(value: Described, indent = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return []
  }

  return Object.entries(value).flatMap(([name, inner]): readonly string[] => {
    if (inner === undefined || inner === null) {
      return []
    }
    if (isPlain(inner)) {
      return [`${indent}${words(name)}: ${show(inner)}`]
    }

    return Array.isArray(inner)
      ? renderList(name, inner, indent)
      : [`${indent}${words(name)}`, ...renderDescription(inner, `${indent}  `)]
  })
}
