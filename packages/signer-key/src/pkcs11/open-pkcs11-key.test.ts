import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeSignerKeyContract } from '../testing/contract.ts'
import {
  createOpensslPeer,
  createStandIn,
  createTestAuthority,
  hasGostEngine,
  type OpensslPeer,
  type TestAuthority,
  type TestOrganisationKey,
} from '../testing/index.ts'
import { openPkcs11Key, readTokenCertificate } from './open-pkcs11-key.ts'

const pin = 'Пин-12345678'
const token = { module: '/usr/lib/librtpkcs11ecp.so', keyId: '0A1B' }

for (const [bits, digest, order] of [
  [256, 'host', 'sr'],
  [256, 'token', 'rs'],
  [512, 'host', 'reversed'],
  [512, 'token', 'halves-reversed'],
] as const) {
  describeSignerKeyContract(
    `PKCS#11, ${bits} bits, digest by ${digest}, ${order}`,
    async ({ authority, peer }) => {
      const own = await authority.issue({ kind: `ru-2012-${bits}` })
      const standIn = { peer, key: own, thumbprint: '', bits, pin, order }
      const { program } = createStandIn('pkcs11-tool', standIn)
      const workFolder = mkdtempSync(join(tmpdir(), 'muhr-work-'))
      const settings = { ...token, program, pin, digest, workFolder, tokenLabel: 'Muhr' }

      return {
        key: openPkcs11Key(settings, own.certificate),
        certificate: own.certificate,
        leftovers: () => readdirSync(workFolder),
      }
    },
  )
}

describe.skipIf(!hasGostEngine())('a PKCS#11 token', () => {
  let authority: TestAuthority
  let peer: OpensslPeer
  let own: TestOrganisationKey
  beforeAll(async () => {
    // The stand-in fails when it is given any of these.
    vi.stubEnv('MUHR_SECRET_KEY', 'secret')
    vi.stubEnv('DATABASE_URL', 'secret')
    authority = await createTestAuthority()
    peer = createOpensslPeer()
    own = await authority.issue()
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    peer.remove()
  })

  const codeOf = async (run: () => Promise<unknown>): Promise<unknown> => {
    try {
      await run()
    } catch (error) {
      const { code, message, data } = error as Record<string, unknown>
      expect(`${message} ${JSON.stringify(data)}`).not.toContain(pin)

      return code
    }

    return 'done'
  }
  const content = new TextEncoder().encode('Договор')

  it('is given the PIN by a variable, never among the arguments', async () => {
    const { program, calls } = createStandIn('pkcs11-tool', { peer, key: own, thumbprint: '', pin })
    const key = openPkcs11Key({ ...token, program, pin }, own.certificate)
    await key.signDetached(content, { signingTime: new Date() })
    expect(calls()).toHaveLength(1)
    expect(JSON.stringify(calls())).not.toContain(pin)
  })

  it('gives its certificate', async () => {
    const { program } = createStandIn('pkcs11-tool', { peer, key: own, thumbprint: '' })
    expect(await readTokenCertificate({ ...token, program })).toEqual(own.certificate)
  })

  it.each([
    ['signer-key.wrong-pin', { pin: 'wrong' }, {}],
    ['signer-key.needs-pin', {}, {}],
    ['signer-key.pin-blocked', { pin }, { fault: 'pin-blocked' }],
    ['signer-key.tool-failed', { pin }, { fault: 'silent-failure' }],
    ['signer-key.not-gost-2012', { pin }, { bits: 512 }],
  ] as const)('refuses with %s', async (code, settings, standIn) => {
    const { program } = createStandIn('pkcs11-tool', {
      ...{ peer, key: own, thumbprint: '', pin },
      ...standIn,
    })
    const key = openPkcs11Key({ ...token, program, ...settings }, own.certificate)
    expect(await codeOf(() => key.signDetached(content, { signingTime: new Date() }))).toBe(code)
  })

  it('refuses a token whose key is not the one of the certificate', async () => {
    const other = await authority.issue()
    const { program } = createStandIn('pkcs11-tool', { peer, key: other, thumbprint: '' })
    const key = openPkcs11Key({ ...token, program }, own.certificate)
    expect(await codeOf(() => key.signDetached(content, { signingTime: new Date() }))).toBe(
      'signer-key.certificate-mismatch',
    )
  })

  it.each([
    { keyId: '0a1' },
    { keyId: '--pin' },
    { module: '--unlock-pin' },
    { tokenLabel: '--login' },
    { program: '-x' },
  ])('takes no setting that would be read as another argument: %o', async (setting) => {
    expect(await codeOf(async () => openPkcs11Key({ ...token, ...setting }, own.certificate))).toBe(
      'signer-key.bad-settings',
    )
  })
})
