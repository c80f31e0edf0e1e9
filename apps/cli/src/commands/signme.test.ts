import { describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runSignme } from '../signme/run-signme.ts'
import { signme } from './signme.ts'

describe('muhr signme --help', () => {
  it.each([['sign'], ['status'], ['check'], ['reject'], ['container']])(
    'names every option of %s',
    async (call) => {
      const world = createCommandWorld(new Date())
      try {
        const { stderr } = await world.run(runSignme, [call])
        const options = [...stderr.matchAll(/--([a-z][a-z\d-]*)/g)].map(([, name]) => name)
        expect(options).toContain('signme')
        expect(Object.keys(signme.args ?? {})).toEqual(expect.arrayContaining(options))
      } finally {
        world.remove()
      }
    },
  )
})
