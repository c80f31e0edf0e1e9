import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeSignerKey } from '../describe-signer-key.ts'
import { describeSignerKeyContract } from '../testing/contract.ts'
import {
  createOpensslPeer,
  createStandIn,
  createTestAuthority,
  hasGostEngine,
  type OpensslPeer,
  type StandInFault,
  type TestAuthority,
  type TestOrganisationKey,
} from '../testing/index.ts'
import { openCspKey, readCspCertificate } from './open-csp-key.ts'

const pin = 'Пин-12345678'

for (const tool of ['csptest', 'cryptcp'] as const) {
  for (const bits of [256, 512] as const) {
    describeSignerKeyContract(`${tool}, ${bits} bits`, async ({ authority, peer }) => {
      const own = await authority.issue({ kind: `ru-2012-${bits}` })
      const thumbprint = describeSignerKey('csp', own.certificate).sha1
      const { program } = createStandIn(tool, { peer, key: own, thumbprint, bits, pin })
      const workFolder = mkdtempSync(join(tmpdir(), 'muhr-work-'))

      return {
        key: openCspKey({ tool, program, thumbprint, pin, workFolder }, own.certificate),
        certificate: own.certificate,
        leftovers: () => readdirSync(workFolder),
      }
    })
  }
}

describe.skipIf(!hasGostEngine())('CryptoPro CSP by its command line', () => {
  let authority: TestAuthority
  let peer: OpensslPeer
  let own: TestOrganisationKey
  let thumbprint: string
  let workFolder: string
  beforeAll(async () => {
    // The stand-in fails when it is given any of these.
    vi.stubEnv('MUHR_SECRET_KEY', 'secret')
    vi.stubEnv('DATABASE_URL', 'secret')
    authority = await createTestAuthority()
    peer = createOpensslPeer()
    own = await authority.issue()
    thumbprint = describeSignerKey('csp', own.certificate).sha1
    workFolder = mkdtempSync(join(tmpdir(), 'muhr-work-'))
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    expect(readdirSync(workFolder)).toEqual([])
    rmSync(workFolder, { recursive: true })
    peer.remove()
  })

  const content = new TextEncoder().encode('Договор')
  const codeOf = async (run: () => Promise<unknown>): Promise<unknown> => {
    try {
      await run()
    } catch (error) {
      const { code, message, data } = error as Record<string, unknown>
      expect(`${message} ${JSON.stringify(data)}`).not.toContain(pin)

      return code
    }

    return 'signed'
  }
  const sign = (
    tool: 'csptest' | 'cryptcp',
    wish: { readonly fault?: StandInFault; readonly pin?: string; readonly timeoutMs?: number },
  ) => {
    const { program } = createStandIn(tool, {
      peer,
      key: own,
      thumbprint,
      pin,
      fault: wish.fault ?? null,
    })
    const settings = { tool, program, thumbprint, workFolder, pin: wish.pin ?? pin }
    const key = openCspKey(
      wish.timeoutMs === undefined ? settings : { ...settings, timeoutMs: wish.timeoutMs },
      own.certificate,
    )

    return codeOf(() => key.signDetached(content, { signingTime: new Date() }))
  }

  it('hands the PIN to cryptcp by its input, never among the arguments', async () => {
    const { program, calls } = createStandIn('cryptcp', { peer, key: own, thumbprint, pin })
    const key = openCspKey({ tool: 'cryptcp', program, thumbprint, pin }, own.certificate)
    await key.signDetached(content, { signingTime: new Date() })
    expect(calls()).toHaveLength(1)
    expect(JSON.stringify(calls())).not.toContain(pin)
  })

  it('needs no PIN where CSP has saved it', async () => {
    const { program, calls } = createStandIn('csptest', { peer, key: own, thumbprint })
    const key = openCspKey({ tool: 'csptest', program, thumbprint }, own.certificate)
    await key.signDetached(content, { signingTime: new Date() })
    expect(calls()[0]).not.toContain('-password')
    expect(calls()[0]).toEqual(expect.arrayContaining(['-my', thumbprint, '-alg', 'GOST12_256']))
  })

  it.each([
    ['csptest', 'signer-key.wrong-pin', { pin: 'wrong' }],
    ['cryptcp', 'signer-key.wrong-pin', { pin: 'wrong' }],
    ['csptest', 'signer-key.pin-blocked', { fault: 'pin-blocked' }],
    ['cryptcp', 'signer-key.tool-licence', { fault: 'licence' }],
    ['cryptcp', 'signer-key.tool-failed', { fault: 'silent-failure' }],
    ['csptest', 'signer-key.tool-output', { fault: 'flood' }],
    ['csptest', 'signer-key.tool-timeout', { fault: 'hang', timeoutMs: 1500 }],
    ['csptest', 'signer-key.seal-other-content', { fault: 'other-content' }],
    ['cryptcp', 'signer-key.seal-attached', { fault: 'attached' }],
    ['csptest', 'signer-key.seal-not-cades', { fault: 'no-certificate-reference' }],
  ] as const)('of %s: %s', async (tool, code, wish) => {
    expect(await sign(tool, wish)).toBe(code)
  })

  it('ends a program when nobody waits for it any more', async () => {
    const { program } = createStandIn('csptest', { peer, key: own, thumbprint, fault: 'hang' })
    const key = openCspKey({ tool: 'csptest', program, thumbprint, workFolder }, own.certificate)
    const abort = new AbortController()
    const signing = codeOf(() =>
      key.signDetached(content, { signingTime: new Date(), signal: abort.signal }),
    )
    abort.abort()
    expect(await signing).toBe('signer-key.aborted')
  })

  it('refuses what another key signed than the thumbprint names', async () => {
    const other = await authority.issue()
    const { program } = createStandIn('csptest', { peer, key: other, thumbprint })
    const key = openCspKey({ tool: 'csptest', program, thumbprint, workFolder }, own.certificate)
    expect(await codeOf(() => key.signDetached(content, { signingTime: new Date() }))).toBe(
      'signer-key.seal-other-certificate',
    )
  })

  it('refuses a seal of a clock that is far from ours', async () => {
    const { program } = createStandIn('csptest', { peer, key: own, thumbprint })
    const key = openCspKey({ tool: 'csptest', program, thumbprint, workFolder }, own.certificate)
    const signingTime = new Date(Date.now() - 3_600_000)
    expect(await codeOf(() => key.signDetached(content, { signingTime }))).toBe(
      'signer-key.seal-signing-time',
    )
  })

  it('says that the program is not there', async () => {
    const program = '/opt/cprocsp/bin/amd64/no-such-program'
    const key = openCspKey({ tool: 'csptest', program, thumbprint, workFolder }, own.certificate)
    expect(await codeOf(() => key.signDetached(content, { signingTime: new Date() }))).toBe(
      'signer-key.tool-missing',
    )
  })

  it.each([256, 512] as const)('finds a certificate of %i bits by its thumbprint', async (bits) => {
    const key = await authority.issue({ kind: `ru-2012-${bits}` })
    const { sha1 } = describeSignerKey('csp', key.certificate)
    for (const tool of ['csptest', 'cryptcp'] as const) {
      const { program } = createStandIn(tool, { peer, key, thumbprint: sha1, bits })
      const settings = { tool, program, workFolder }
      expect(await readCspCertificate({ ...settings, thumbprint: sha1 })).toEqual(key.certificate)
      expect(
        await codeOf(() => readCspCertificate({ ...settings, thumbprint: '0'.repeat(40) })),
      ).toBe('signer-key.key-not-found')
    }
  })

  it('takes no thumbprint that is none, and no certificate of another', async () => {
    const settings = { tool: 'csptest', thumbprint: '-my first' } as const
    expect(await codeOf(async () => openCspKey(settings, own.certificate))).toBe(
      'signer-key.bad-settings',
    )
    const other = { tool: 'csptest', thumbprint: '0'.repeat(40) } as const
    expect(await codeOf(async () => openCspKey(other, own.certificate))).toBe(
      'signer-key.certificate-mismatch',
    )
  })
})
