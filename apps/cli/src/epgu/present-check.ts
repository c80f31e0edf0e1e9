import {
  type GoskeyRule,
  goskeyRules,
  type PackageCheck,
  type PackageRules,
  type Violation,
} from '@muhr/epgu/goskey'
import { paint } from '../command/paint.ts'
import { plainText } from '../command/plain-text.ts'

/** Rules that are looked at in an archive, in their order. */
const archiveRules = (Object.keys(goskeyRules) as GoskeyRule[]).filter((rule) =>
  /^(archive|request|sign-config|signature|documents|document|name|type|text)-/.test(rule),
)

/** Rules of what a request file says beyond its schema. */
const saidRules = (Object.keys(goskeyRules) as GoskeyRule[]).filter((rule) =>
  /^(snils|oid|ogrn|inn|description|expiration|attribute)-/.test(rule),
)

/** `not-checked`: the rule was not asked for, or another broken one stands before it. */
export type RuleResult = 'kept' | 'broken' | 'not-checked'

const needsLimits = /^(documents|document|name|type|text)-/

function resultOf(
  rule: GoskeyRule,
  { broken, rules }: { readonly broken: ReadonlySet<string>; readonly rules: PackageRules },
): RuleResult {
  if (broken.has(rule)) {
    return 'broken'
  }
  const isHidden =
    (broken.has('archive-unreadable') && rule !== 'archive-size') ||
    (rule === 'archive-size' && rules.archiveBytes === undefined) ||
    (needsLimits.test(rule) && rule !== 'name-duplicate' && rules.limits === undefined) ||
    (rule === 'request-namespace' && rules.namespace === undefined) ||
    (rule === 'request-schema' && rules.schema === undefined) ||
    (/^request-(namespace|schema|unreadable)$/.test(rule) && broken.has('request-missing')) ||
    (rule === 'request-schema' && broken.has('request-namespace')) ||
    (saidRules.includes(rule) &&
      ['missing', 'namespace', 'schema', 'unreadable'].some((fault) =>
        broken.has(`request-${fault}`),
      )) ||
    (/^sign-config-(schema|file-missing|duplicate)$/.test(rule) &&
      broken.has('sign-config-unreadable'))

  return isHidden ? 'not-checked' : 'kept'
}

/** The check of a package rule by rule, for `--json`. */
export function presentCheck({ violations, files }: PackageCheck, rules: PackageRules) {
  const broken = new Set<string>(violations.map(({ rule }) => rule))

  const looked = rules.request === undefined ? archiveRules : [...archiveRules, ...saidRules]

  return {
    isKept: violations.length === 0,
    rules: looked.map((rule) => ({
      rule,
      asks: goskeyRules[rule],
      result: resultOf(rule, { broken, rules }),
    })),
    violations,
    files,
  }
}

function placeOf({ rule, field, line, column, limit, actual, detail }: Violation): string {
  const place = line === undefined ? field : `${field}:${line}:${column ?? 1}`
  // A span of time in milliseconds says nothing to a reader: the rule has it in words.
  const isCounted = !rule.startsWith('expiration-')
  const more = [
    isCounted && actual !== undefined ? `has ${actual}` : undefined,
    isCounted && limit !== undefined ? `allowed ${limit}` : undefined,
    detail,
  ].filter((each) => each !== undefined)

  return plainText(more.length === 0 ? place : `${place}: ${more.join('; ')}`)
}

/** The same for people: every rule on a line, what breaks it below. */
export function renderCheck(
  check: PackageCheck,
  { rules, isColoured }: { readonly rules: PackageRules; readonly isColoured: boolean },
): string {
  const shown = presentCheck(check, rules)
  const words = {
    kept: 'kept       ',
    broken: 'broken     ',
    'not-checked': 'not checked',
  } as const
  const tones = { kept: 'good', broken: 'bad', 'not-checked': 'open' } as const
  const lines = shown.rules.flatMap(({ rule, asks, result }) => [
    `${paint(words[result], tones[result], isColoured)}  ${rule}: ${asks}`,
    ...check.violations
      .filter((each) => each.rule === rule)
      .map((each) => `             ${placeOf(each)}`),
  ])
  const count = check.violations.length
  const files = check.files.map(
    ({ name, size, role }) => `${role.padEnd(11)}  ${plainText(name)}, ${size} bytes`,
  )

  return `${[...files, ...lines, count === 0 ? 'Every rule that was looked at is kept.' : `Faults: ${count}.`].join('\n')}\n`
}
