import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkConnections } from '../doctor/check-connections.ts'
import type { ConnectionBody, ConnectionCheckBody } from '../http/schemas/connection-schemas.ts'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'

let world: TestInstallation
let known: ConnectionBody

beforeAll(async () => {
  world = await startTestInstallation()
  const { body } = await world.api.call<{ items: readonly ConnectionBody[] }>('/v1/connections')
  const found = body.items.find(({ provider }) => provider === 'goskey')
  if (found === undefined) {
    throw new Error('the sandbox has no connection to Goskey')
  }
  known = found
})

afterAll(() => world.stop())

async function check(id: string): Promise<ConnectionCheckBody['findings']> {
  const { body } = await world.api.call<ConnectionCheckBody>(`/v1/connections/${id}/check`, {
    method: 'POST',
  })

  return body.findings
}

/** Another connection of the same organisation and signer key, with one API-Key of the sandbox. */
async function checkWith(changes: object): Promise<ConnectionCheckBody['findings']> {
  const { apiKeys: _, ...settings } = known.settings
  const created = await world.api.call<ConnectionBody>('/v1/connections', {
    method: 'POST',
    json: {
      provider: 'goskey',
      name: 'Checked',
      signerKey: known.signerKey,
      settings: { ...settings, ...changes },
    },
  })
  expect(created.status, JSON.stringify(created.body)).toBe(201)

  return check(created.body.id)
}

const scenario = (digits: string) => `00000000-0000-4000-8000-${digits.padStart(12, '0')}`

describe('the check of a connection to Goskey', () => {
  it('is content with the one of the sandbox', async () => {
    const findings = await check(known.id)

    expect(findings.map(({ check: about, result }) => `${about} ${result}`)).toEqual([
      'settings passed',
      'signer-key passed',
      'watch notice',
      'esia passed',
      'epgu passed',
      ...['api-key passed', 'token passed', 'api-key passed', 'token passed'],
      ...['api-key passed', 'token passed'],
      'orders passed',
      'quota notice',
    ])
    expect(findings.at(-1)?.message).toContain('(360)')
    expect(JSON.stringify(findings)).not.toContain(scenario('1001'))
  })

  it.each(['037214', '037213', '037217', '038000'])(
    'explains ESIA-%s with what to do',
    async (digits) => {
      const findings = await checkWith({ apiKeys: [{ apiKey: scenario(digits), name: 'Тестов' }] })

      expect(findings.filter(({ result }) => result === 'failed')).toEqual([
        {
          check: 'api-key',
          result: 'failed',
          code: `esia.ESIA-${digits}`,
          message: expect.stringContaining('Тестов'),
          advice: expect.stringMatching(/\w+ \w+/),
        },
      ])
    },
  )

  it('explains what EPGU refuses', async () => {
    const refused = world.ready.accounts.epgu.scenarioKeys.find(
      ({ code }) => code === 'access_denied_system',
    )
    const findings = await checkWith({
      apiKeys: [{ apiKey: refused?.apiKey ?? '', name: 'Тестов' }],
    })

    expect(findings.find(({ check: about }) => about === 'orders')).toMatchObject({
      result: 'failed',
      code: 'epgu.access_denied_system',
      advice: expect.stringContaining('GOST TLS'),
    })
  })

  it('says when the token is of another system, and when nobody answers', async () => {
    const one = [{ apiKey: scenario('1001'), name: 'Тестов' }]
    const other = await checkWith({ apiKeys: one, mnemonic: 'OTHER' })
    expect(other.find(({ check: about }) => about === 'token')).toMatchObject({
      result: 'failed',
      code: 'doctor.claims.client',
    })

    const silent = await checkWith({ apiKeys: one, epguUrl: 'http://127.0.0.1:9' })
    expect(silent.find(({ check: about }) => about === 'epgu')).toMatchObject({
      result: 'failed',
      code: 'doctor.host.unreachable',
    })
    expect(silent.some(({ check: about }) => about === 'api-key')).toBe(false)
  })
})

describe('the doctor', () => {
  it('asks the connections of an installation that was never started: there are none', async () => {
    const config = { ...world.config, dataDir: '/nonexistent' }

    expect(await checkConnections(config, () => new Date())).toEqual([])
  })
})
