import { describe, expect, it } from 'vitest'
import { hello, plusAndSlash, testKey } from '../testing/test-signme.ts'
import { computeGostHashes, matchGostHash } from './gost-hashes.ts'
import { parseNotification, redactNotification } from './parse-notification.ts'

/** Of the specification, computed elsewhere (spec §12). */
const streebog = '3c10d2ffe0787bc8bd6eacd337d59c314ce689c847a422f6c34b4b75f45751bc'
const gost94 = 'f379a47bcf66e9c8fe51a6ae395de41174eebc83f792a0b0c50ac3072293e5aa'
const keys = [testKey]
const query = (changes: Record<string, string> = {}) =>
  `?${new URLSearchParams({ apikey: testKey, md5hash: hello.md5, gosthash: streebog, ...changes })}`

describe('1.1: the notification of IF', () => {
  it('1.1: apikey, md5hash and gosthash are read', () => {
    const told = { ok: true, md5: hello.md5, gostHash: streebog }
    expect(parseNotification(query(), { keys })).toEqual(told)
    expect(parseNotification(`/cb/signme/notify${query()}`, { keys })).toEqual(told)
    expect(parseNotification(query({ md5hash: hello.md5.toUpperCase() }), { keys })).toEqual(told)
  })

  it('T13: a foreign, empty, missing or longer key is refused, and says no more', () => {
    for (const apikey of ['TESTKEY2', 'testkey', '', 'TESTKE', `${testKey} `]) {
      expect(parseNotification(query({ apikey }), { keys })).toEqual({
        ok: false,
        reason: 'wrong-key',
      })
    }
    expect(parseNotification('', { keys })).toMatchObject({ reason: 'wrong-key' })
    expect(parseNotification(query({ apikey: '' }), { keys: [''] })).toMatchObject({ ok: false })
    expect(parseNotification(query(), { keys: [] })).toMatchObject({ ok: false })
  })

  it('T13: each of several keys is taken, while one is changed for another', () => {
    for (const apikey of ['OLD', 'NEW']) {
      expect(parseNotification(query({ apikey }), { keys: ['OLD', 'NEW'] }).ok).toBe(true)
    }
  })

  it('the key is looked at first: without it nobody learns what is malformed', () => {
    expect(parseNotification(query({ md5hash: 'x' }), { keys })).toMatchObject({
      reason: 'malformed',
    })
    expect(parseNotification(query({ md5hash: 'x', apikey: 'y' }), { keys })).toMatchObject({
      reason: 'wrong-key',
    })
  })

  it('a gosthash that is none is passed over: the MD5 and a poll decide', () => {
    expect(parseNotification(query({ gosthash: 'x' }), { keys })).toEqual({
      ok: true,
      md5: hello.md5,
      gostHash: undefined,
    })
  })

  it('T13: the key and the hashes are taken out of an address before it is logged', () => {
    const address = `/cb/signme/notify${query()}&other=1#apikey=${testKey}`
    const logged = redactNotification(address)
    for (const secret of [hello.md5, streebog]) expect(logged).not.toContain(secret)
    expect(redactNotification(query())).toBe('?apikey=…&md5hash=…&gosthash=…')
    expect(redactNotification(`API_KEY=${testKey}`)).toBe('API_KEY=…')
    expect(logged).toContain('other=1')
  })
})

describe('1.1: gosthash, whose variant is not documented', () => {
  it('1.1: GOST 34.11 in each variant is known, in any case', async () => {
    const hashes = await computeGostHashes(hello.bytes)
    expect(hashes['2012-256']).toBe(streebog)
    expect(hashes['94']).toBe(gost94)
    const reversed = Buffer.from(streebog, 'hex').reverse().toString('hex')
    for (const [said, variant] of [
      [streebog, '2012-256'],
      [streebog.toUpperCase(), '2012-256'],
      [reversed, '2012-256-reversed'],
      [gost94, '94'],
      [Buffer.from(gost94, 'hex').reverse().toString('hex'), '94-reversed'],
      [hello.md5, undefined],
      [undefined, undefined],
      ['', undefined],
    ]) {
      expect(matchGostHash(said, hashes)).toBe(variant)
    }
  })

  it('is computed piece by piece alike', async () => {
    async function* pieces() {
      for (const octet of plusAndSlash.bytes) yield Uint8Array.of(octet)
    }
    const hashes = await computeGostHashes(pieces())
    expect(hashes).toEqual(await computeGostHashes(plusAndSlash.bytes))
    expect(hashes['2012-256']).toBe(
      '834bcbee58ce8e521b3852bac592807109349e586aa2dfde4bd638472ae2d89e',
    )
  })

  it('the message M1 of RFC 6986 has the digest of the standard, reversed as the RFC prints it', async () => {
    const m1 = new TextEncoder().encode(`${'0123456789'.repeat(6)}012`)
    const hashes = await computeGostHashes(m1)
    expect(hashes['2012-256']).toBe(
      '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500',
    )
  })
})
