import { format } from 'node:util'

/**
 * The part of vitest's interface that tests of this package use, for a process that loads them once and
 * runs them many times. `expect` is vitest's own.
 */
export { expect } from 'vitest'

type Body = (...args: readonly unknown[]) => unknown

/** A `describe`, or the file itself. */
export type Suite = {
  readonly name: string
  readonly parent: Suite | null
  readonly before: Body[]
  readonly after: Body[]
}

/** One test; `id` is unique in its file. */
export type CollectedTest = {
  readonly id: string
  readonly file: string
  readonly suite: Suite
  readonly body: Body
}

type Declare = (name: string, ...rest: readonly unknown[]) => void
type Declaration = Declare & {
  readonly each: (rows: readonly unknown[]) => Declare
  readonly skipIf: (isSkipped: unknown) => Declaration
}

const tests: CollectedTest[] = []
const names = new Map<string, number>()
let suite: Suite = { name: '', parent: null, before: [], after: [] }
let file = ''
let waiting: (() => Promise<void>)[] = []

const bodyOf = (rest: readonly unknown[]): Body => {
  const body = rest.find((each) => typeof each === 'function')
  if (body === undefined) {
    throw new TypeError('A test has no body.')
  }
  return body as Body
}

const fullName = (name: string): string => {
  const parts = [name]
  for (let each: Suite | null = suite; each !== null && each.name !== ''; each = each.parent) {
    parts.unshift(each.name)
  }
  return parts.join(' > ')
}

/** Same titles happen in tables: the second one is numbered. */
const uniqueId = (name: string): string => {
  const id = `${file}#${fullName(name)}`
  const count = (names.get(id) ?? 0) + 1
  names.set(id, count)
  return count === 1 ? id : `${id} (${count})`
}

const declareTest = (name: string, body: Body): void => {
  tests.push({ id: uniqueId(name), file, suite, body })
}

/** The body of a suite runs after what stands beside it was declared, as vitest does it. */
const declareSuite = (name: string, body: Body): void => {
  const own: Suite = { name, parent: suite, before: [], after: [] }
  waiting.push(async () => {
    suite = own
    await body()
  })
}

const titleOf = (name: string, row: readonly unknown[]): string => {
  const [first] = row
  const named = name.replaceAll(/\$(\w+)/g, (whole, key: string) =>
    typeof first === 'object' && first !== null && key in first
      ? String((first as Record<string, unknown>)[key])
      : whole,
  )
  const count = [...named.matchAll(/%[sdifjo]/g)].length
  return format(named, ...row.slice(0, count))
}

const declaration = (declare: (name: string, body: Body) => void): Declaration =>
  Object.assign<Declare, Omit<Declaration, keyof Declare>>(
    (name, ...rest) => declare(name, bodyOf(rest)),
    {
      each:
        (rows) =>
        (name, ...rest) => {
          const body = bodyOf(rest)
          for (const each of rows) {
            const row: readonly unknown[] = Array.isArray(each) ? each : [each]
            declare(titleOf(name, row), () => body(...row))
          }
        },
      skipIf: (isSkipped) => (isSkipped ? declaration(() => undefined) : declaration(declare)),
    },
  )

export const it = declaration(declareTest)
export const test = it
export const describe = declaration(declareSuite)
export const beforeAll = (body: Body): void => {
  suite.before.push(body)
}
export const afterAll = (body: Body): void => {
  suite.after.push(body)
}

const runWaiting = async (): Promise<void> => {
  const now = waiting
  waiting = []
  for (const each of now) {
    await each()
    await runWaiting()
  }
}

/** Loads files of tests, in their order, and returns what they declare. */
export const collectTests = async (
  files: readonly string[],
  load: (file: string) => Promise<unknown>,
): Promise<readonly CollectedTest[]> => {
  for (const each of files) {
    file = each
    suite = { name: '', parent: null, before: [], after: [] }
    const top = suite
    await load(each)
    suite = top
    await runWaiting()
  }
  return tests
}
