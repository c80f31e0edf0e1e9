import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { encryptPkcs8, openKeyStore, writePem, writePkcs12 } from '@muhr/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeSignerKeyContract } from '../testing/contract.ts'
import {
  createTestAuthority,
  type TestAuthority,
  type TestOrganisationKey,
} from '../testing/index.ts'
import { openSoftwareKey } from './open-software-key.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const pin = 'Пароль-17'

const store = ({ pkcs8, certificate }: TestOrganisationKey): Uint8Array =>
  writePkcs12({
    password: pin,
    profile: 'rfc9548',
    entries: [{ key: pkcs8, certificates: [certificate] }],
  })

describeSignerKeyContract('PKCS#12', async ({ authority }) => {
  const own = await authority.issue()

  return {
    key: await openSoftwareKey({ files: store(own), pin }),
    certificate: own.certificate,
  }
})

describeSignerKeyContract('PEM, 512 bits', async ({ authority }) => {
  const own = await authority.issue({ kind: 'ru-2012-512' })

  return {
    key: await openSoftwareKey({ files: text(own.keyPem + own.certificatePem) }),
    certificate: own.certificate,
  }
})

const fixtures = resolve(
  process.env['MUHR_FIXTURES'] ?? join(import.meta.dirname, '../../../../../shared/fixtures'),
  'ru/cryptopro',
)
const containerOf = (name: string): Map<string, Uint8Array> =>
  new Map(
    readdirSync(join(fixtures, name))
      .filter((file) => file.endsWith('.key'))
      .map((file) => [file, new Uint8Array(readFileSync(join(fixtures, name, file)))]),
  )

if (existsSync(fixtures)) {
  describeSignerKeyContract('a container that CryptoPro CSP made', async ({ authority }) => {
    const files = containerOf('pub-2012-256.000')
    const { keys } = await openKeyStore(files, { password: '123456' })
    const certificate = await authority.certify(keys[0].signer.spki)

    return {
      key: await openSoftwareKey({ files: files.set('own.cer', certificate), pin: '123456' }),
      certificate,
    }
  })
} else {
  it.skip('a container that CryptoPro CSP made: MUHR_FIXTURES is not there')
}

describe('a key out of files', () => {
  let authority: TestAuthority
  let own: TestOrganisationKey
  beforeAll(async () => {
    authority = await createTestAuthority()
    own = await authority.issue()
  })
  const codeOf = async (source: Parameters<typeof openSoftwareKey>[0]): Promise<unknown> => {
    try {
      await openSoftwareKey(source)
    } catch (error) {
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(pin)

      return (error as { code?: unknown }).code
    }

    return 'opened'
  }

  it('says which kind it is', async () => {
    const kinds = [
      await openSoftwareKey({ files: store(own), pin }),
      await openSoftwareKey({ files: text(own.keyPem + own.certificatePem) }),
    ].map(({ description }) => [description.kind, description.isSoftware])
    expect(kinds).toEqual([
      ['pkcs12', true],
      ['pem', true],
    ])
  })

  it('is refused under a wrong PIN, and without one', async () => {
    const encrypted = text(
      writePem('ENCRYPTED PRIVATE KEY', encryptPkcs8(own.pkcs8, { password: pin })) +
        own.certificatePem,
    )
    expect(await codeOf({ files: store(own), pin: 'other' })).toBe('signer-key.wrong-pin')
    expect(await codeOf({ files: store(own) })).toBe('signer-key.needs-pin')
    expect(await codeOf({ files: encrypted, pin: 'other' })).toBe('signer-key.wrong-pin')
    expect(await codeOf({ files: encrypted })).toBe('signer-key.needs-pin')
    expect(await codeOf({ files: encrypted, pin })).toBe('opened')
  })

  it('is refused with the certificate of another key, and with none', async () => {
    const other = await authority.issue()
    expect(await codeOf({ files: text(own.keyPem + other.certificatePem) })).toBe(
      'signer-key.certificate-mismatch',
    )
    expect(await codeOf({ files: text(own.keyPem) })).toBe('signer-key.no-certificate')
    expect(await codeOf({ files: text(own.certificatePem) })).toBe('signer-key.unreadable')
    expect(await codeOf({ files: text('nothing') })).toBe('signer-key.unreadable')
  })

  it('is named by its thumbprint where a file holds several', async () => {
    const other = await authority.issue()
    const files = writePkcs12({
      password: pin,
      entries: [own, other].map(({ pkcs8, certificate }) => ({
        key: pkcs8,
        certificates: [certificate],
      })),
    })
    expect(await codeOf({ files, pin })).toBe('signer-key.several-keys')
    const { description } = await openSoftwareKey({ files: store(other), pin })
    const chosen = await openSoftwareKey({
      files,
      pin,
      thumbprint: description.sha1.toUpperCase(),
    })
    expect(chosen.description.sha256).toBe(description.sha256)
    expect(await codeOf({ files, pin, thumbprint: '00'.repeat(20) })).toBe(
      'signer-key.certificate-mismatch',
    )
  })

  it('is refused when it is not of GOST R 34.10-2012', async () => {
    for (const kind of ['rsa-2048', 'kz-2015-512'] as const) {
      const foreign = await authority.issue({ kind })
      expect(await codeOf({ files: text(foreign.keyPem + foreign.certificatePem) })).toBe(
        'signer-key.not-gost-2012',
      )
    }
  })

  it.each([
    ['signer-key.no-organisation', { isOrganisation: false }],
    ['signer-key.key-usage', { usages: ['keyAgreement'] as const }],
    ['signer-key.expired', { notAfter: new Date('2025-01-01') }],
    ['signer-key.not-yet-valid', { notBefore: new Date('2040-01-01') }],
  ])('does not sign: %s', async (code, wish) => {
    const bad = await authority.issue(wish)
    const key = await openSoftwareKey({ files: store(bad), pin })
    await expect(
      key.signDetached(text('x'), { signingTime: new Date('2026-06-01') }),
    ).rejects.toMatchObject({ code })
  })

  it('signs on every curve that Russian services take', async () => {
    const sets = ['1.2.643.2.2.35.1', '1.2.643.2.2.36.0', '1.2.643.7.1.2.1.1.1']
    for (const parameterSet of sets) {
      const each = await authority.issue({ parameterSet })
      const key = await openSoftwareKey({ files: text(each.keyPem + each.certificatePem) })
      const cms = await key.signDetached(text('x'), { signingTime: new Date() })
      expect(cms[0]).toBe(0x30)
    }
  })
})
