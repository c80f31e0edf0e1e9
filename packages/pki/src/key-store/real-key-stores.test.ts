import { describe, expect, it } from 'vitest'
import { verifySignature } from '../keys/verify-signature.ts'
import { hasFixtures, readFixture } from '../test-support/fixtures.ts'
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
