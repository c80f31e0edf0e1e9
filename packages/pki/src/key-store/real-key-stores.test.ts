import { describe, expect, it } from 'vitest'
import { createSignedData } from '../cms/index.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import { hasFixtures, listFixtures, readFixture } from '../test-support/fixtures.ts'
import { hasGostEngine, withPeer } from '../test-support/openssl-peer.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import { openKeyStore } from './open-key-store.ts'

const stores = [
  ['kz/p12/individual_valid_2026.p12', 'Qwerty12'],
  ['kz/p12/individual_rsa_expired_2020.p12', 'Qwerty12'],
  ['kz/p12/legal_employee_revoked_2026.p12', 'Qwerty12'],
  ['kz/p12/legal_head_valid_2026.p12', 'Qwerty12'],
  ['kz/p12/legal_infosystem_valid_2026.p12', 'Qwerty12'],
  ['crypto/kz-nca-test/p12-individual-sign-2004-rsa-pw-Qwerty12.p12', 'Qwerty12'],
  ['crypto/kz-nca-test/p12-individual-2015-pw-Aa123456.p12', 'Aa123456'],
  ['ru/cryptopro/r50-1-112-example.pfx', 'Пароль для PFX'],
] as const

describe.skipIf(!hasFixtures('kz/p12'))('key stores of national authorities', () => {
  it.each(stores)('%s signs with the key of its certificate', async (path, password) => {
    const { keys } = await openKeyStore(readFixture(path), { password })
    const [key] = keys
    expect(key).toMatchObject({ hasOwnCertificate: true, exportable: true, source: 'pkcs12' })
    const data = Uint8Array.of(1, 2, 3)
    const { spki, scheme } = key.signer
    const signature = await key.signer.sign(data)
    expect(verifySignature({ spki, scheme, data, signature })).toBe(true)
  })
})

describe.skipIf(!hasFixtures('ru/cryptopro') || !hasGostEngine)('Russian key stores', () => {
  const folderOf = (name: string) =>
    new Map(
      listFixtures(`ru/cryptopro/${name}`).map((file) => [
        file,
        readFixture(`ru/cryptopro/${name}/${file}`),
      ]),
    )

  it.each([
    ['pub-2012-256.000', '123456'],
    ['syn-2012-256-tc26a-empty-pin.000', ''],
    ['syn-2012-512-pin.000', 'qwerty512'],
    ['syn-cppbe-2012-256.pfx', 'pfx-password'],
    ['r50-1-112-example.pfx', 'Пароль для PFX'],
  ])('OpenSSL with gost-engine verifies what %s signs', async (name, password) => {
    const source = name.endsWith('.000') ? folderOf(name) : readFixture(`ru/cryptopro/${name}`)
    const [key] = (await openKeyStore(source, { password })).keys
    const certificate = parseCertificate(key.certificates[0] ?? new Uint8Array())
    const content = new TextEncoder().encode('TEST')
    const signers = [
      { key: key.signer, certificate, signingTime: new Date('2021-06-01T00:00:00Z') },
    ]
    const cms = await createSignedData({ content, form: 'detached', signers })
    await withPeer(({ run, write }) => {
      write('s.p7s', cms)
      write('content', content)
      write('other', content.subarray(1))
      const verify = ['cms', '-verify', '-inform', 'DER', '-in', 's.p7s', '-binary', '-noverify']
      const right = run(...verify, '-content', 'content', '-out', 'out')
      expect(right.status, right.text).toBe(0)
      expect(run(...verify, '-content', 'other', '-out', 'out').status).not.toBe(0)
    })
  })
})
