import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrderDetailBody } from '../http/schemas/workbench-schemas.ts'
import { createWorkbenchWorld, notice, type WorkbenchWorld } from '../testing/workbench-world.ts'

const page = readFileSync(new URL('../../../../docs/epgu.md', import.meta.url), 'utf8')
const example = page.split('```js example=workbench\n')[1]?.split('```')[0] ?? ''

/** The function that `async function` makes; it has no name of its own. */
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
  ...parameters: string[]
) => (...values: readonly unknown[]) => Promise<Pick<OrderDetailBody, 'files' | 'history'>>

describe('docs/epgu.md', () => {
  let world: WorkbenchWorld
  beforeAll(async () => {
    world = await createWorkbenchWorld()
  })
  afterAll(() => world?.muhr.stop())

  it('has a workbench example that works', async () => {
    const call = async (method: string, path: string, json?: object): Promise<unknown> => {
      const { status, body } = await world.muhr.api.call(`/v1/workbench${path}`, {
        method,
        ...(json === undefined ? {} : { json }),
      })
      expect(status, JSON.stringify(body)).toBeLessThan(300)

      return body
    }
    const until = async <T>(read: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> => {
      for (let tries = 0; tries < 1_000; tries += 1) {
        const value = await read()
        if (isThere(value)) return value
      }
      throw new Error('it does not get there')
    }
    const names = ['account', 'template', 'schema', 'business', 'call', 'upload', 'until']
    const run = new AsyncFunction(...names, `${example}\nreturn { files, history }`)
    const { files, history } = await run(
      world.account,
      notice.template,
      notice.schema,
      notice.business,
      call,
      (path: string, text: string) => world.upload(`/v1/workbench${path}`, text),
      until,
    )
    expect(files.map(({ role }) => role)).toContain('package')
    expect(history.map(({ type }) => type)).toContain('pushed')
  })
})
