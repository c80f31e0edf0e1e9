import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { goskeySandboxOf } from './prepare-goskey.ts'
import { prepareSandbox } from './prepare-sandbox.ts'
import { signmeSandboxOf } from './prepare-signme.ts'

describe('the API key of the sandbox', () => {
  let muhr: TestInstallation
  beforeAll(async () => {
    muhr = await startTestInstallation()
  })
  afterAll(() => muhr?.stop())

  it('stays the same, and may do what is new when an older version made it', async () => {
    const statusOf = async () => (await muhr.api.call('/v1/workbench/accounts')).status
    await muhr.sql(`update api_keys set scopes = '{envelopes:read}'`)
    await expect.poll(statusOf, { timeout: 2_000, interval: 5 }).toBe(403)
    const again = await prepareSandbox(muhr.server.app, {
      phoneLinkTemplate: muhr.ready.egovMobile.launcher,
      goskey: goskeySandboxOf(muhr.ready),
      signme: signmeSandboxOf(muhr.ready),
    })
    expect(again.apiKey).toBe(muhr.access.apiKey)
    await expect.poll(statusOf, { timeout: 2_000, interval: 5 }).toBe(200)
  })
})
