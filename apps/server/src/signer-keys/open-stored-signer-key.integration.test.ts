import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkbenchWorld, type WorkbenchWorld } from '../testing/workbench-world.ts'
import { openStoredSignerKey } from './open-stored-signer-key.ts'

describe('a stored signer key, for a command', () => {
  let world: WorkbenchWorld
  beforeAll(async () => {
    world = await createWorkbenchWorld()
  })
  afterAll(() => world?.muhr.stop())

  const open = (id: string) => {
    const { config, databaseUrl } = world.muhr

    return openStoredSignerKey({ ...config, databaseUrl }, id)
  }

  it('signs; one that is unknown or was removed does not open', async () => {
    const key = await open(world.key)
    if (key.attendance !== 'unattended') {
      throw new TypeError('a key in a file signs by itself')
    }
    const seal = await key.signDetached(Buffer.from('x'), {
      signingTime: world.muhr.server.app.now(),
    })
    expect(seal[0]).toBe(0x30)
    await expect(open('sky_none')).rejects.toMatchObject({ code: 'request.not-found' })
    await world.muhr.api.call(`/v1/keys/${world.key}`, { method: 'DELETE' })
    await expect(open(world.key)).rejects.toMatchObject({ code: 'key.removed' })
  })
})
