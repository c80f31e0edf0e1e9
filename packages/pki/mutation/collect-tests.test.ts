import { describe, expect, it } from 'vitest'
import * as collected from './collect-tests.ts'
import { groupNames, testFilesOf } from './groups.ts'

/** What the files of a test declare: the collector keeps all, so each test takes its own file. */
const collect = async (file: string, declare: () => unknown) => {
  const tests = await collected.collectTests([file], async () => declare())
  return tests.filter((test) => test.file === file)
}
const nothing = (): void => undefined

describe('collected tests', () => {
  it('have the names of their suites, in the order in which vitest runs them', async () => {
    const tests = await collect('a', () => {
      collected.describe('outer', async () => {
        collected.it('first', nothing)
        await Promise.resolve()
        collected.describe('inner', () => {
          collected.it('third', nothing)
        })
        collected.it('second', nothing)
      })
      collected.it('alone', nothing)
    })
    expect(tests.map(({ id }) => id)).toEqual([
      'a#alone',
      'a#outer > first',
      'a#outer > second',
      'a#outer > inner > third',
    ])
  })

  it('of a table have their row in the title, and are numbered where titles are the same', async () => {
    const seen: unknown[] = []
    const tests = await collect('b', () => {
      collected.it.each([['x', 1] as const])('%s is %i', (...row: readonly unknown[]) =>
        seen.push(row),
      )
      collected.it.each([{ name: 'y' }])('$name', (row: unknown) => seen.push(row))
      collected.it.each(['z', 'z'])('same', (row: unknown) => seen.push(row))
      collected.describe.each(['s'])('suite %s', (row: unknown) => {
        collected.it('inside', () => seen.push(row))
      })
    })
    expect(tests.map(({ id }) => id)).toEqual([
      'b#x is 1',
      'b#y',
      'b#same',
      'b#same (2)',
      'b#suite s > inside',
    ])
    for (const { body } of tests) {
      await body()
    }
    expect(seen).toEqual([['x', 1], { name: 'y' }, 'z', 'z', 's'])
  })

  it('that are skipped are not there', async () => {
    const tests = await collect('c', () => {
      collected.it.skipIf(true)('no', nothing)
      collected.it.skipIf(false)('yes', nothing)
      collected.it.skipIf(true).each([1])('no %i', nothing)
      collected.describe.skipIf(true)('none', () => {
        collected.it('no', nothing)
      })
    })
    expect(tests.map(({ id }) => id)).toEqual(['c#yes'])
  })

  it('know the hooks of their suites, and of no others', async () => {
    const hook = (): void => undefined
    const tests = await collect('d', () => {
      collected.describe('with', () => {
        collected.beforeAll(hook)
        collected.afterAll(hook)
        collected.it('one', nothing)
      })
      collected.describe('without', () => {
        collected.it('two', nothing)
      })
    })
    expect(tests.map(({ suite }) => [suite.before, suite.after])).toEqual([
      [[hook], [hook]],
      [[], []],
    ])
    expect(tests[0]?.suite.parent?.parent).toBeNull()
  })
})

describe('groups', () => {
  it('have tests, none of which starts another program', () => {
    expect(groupNames).toEqual(['policy', 'judge', 'path', 'cms'])
    const files = testFilesOf({ mutate: [], tests: ['path/', 'conformance/'] })
    expect(files).toContain('packages/pki/src/path/find-path.test.ts')
    expect(files.filter((file) => /openssl|soak|fuzz/.test(file))).toEqual([])
  })
})
