import { describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { openSecretBox } from './secret-box.ts'

const instanceKey = Buffer.alloc(32, 7)
const [first, second] = ['11'.repeat(32), '22'.repeat(32)]
const boxOf = (env: Record<string, string>, instance = instanceKey) =>
  openSecretBox(loadConfig(env), instance)
const secret = new TextEncoder().encode('PIN 12345678')

describe('a secret of the database', () => {
  it('opens in its own context alone, and is never the same twice', () => {
    const box = boxOf({ MUHR_SECRET_KEY: first })
    const sealed = box.seal(secret, 'org_a/sky_1')
    expect(box.open(sealed, 'org_a/sky_1')).toEqual(secret)
    expect(box.open(sealed, 'org_b/sky_1')).toBeUndefined()
    expect(box.seal(secret, 'org_a/sky_1').bytes).not.toEqual(sealed.bytes)
    expect(Buffer.from(sealed.bytes).includes(Buffer.from(secret))).toBe(false)
  })

  it('does not open when one bit of it is another, or when it is cut', () => {
    const box = boxOf({ MUHR_SECRET_KEY: first })
    const sealed = box.seal(secret, 'x')
    for (let at = 0; at < sealed.bytes.length; at += 1) {
      const bytes = Uint8Array.from(sealed.bytes)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      expect(box.open({ ...sealed, bytes }, 'x')).toBeUndefined()
    }
    expect(box.open({ ...sealed, bytes: sealed.bytes.subarray(0, 5) }, 'x')).toBeUndefined()
  })

  it('opens after the key was changed, while the old one is named, and not after', () => {
    const sealed = boxOf({ MUHR_SECRET_KEY: first }).seal(secret, 'x')
    const changing = boxOf({ MUHR_SECRET_KEY: second, MUHR_SECRET_KEYS_OLD: first })
    expect(changing.open(sealed, 'x')).toEqual(secret)
    expect(changing.keyId).not.toBe(sealed.keyId)
    expect(boxOf({ MUHR_SECRET_KEY: second }).open(sealed, 'x')).toBeUndefined()
  })

  it('leaves a fingerprint that only the key can make', () => {
    const box = boxOf({ MUHR_SECRET_KEY: first })
    expect(box.fingerprint('a')).toBe(boxOf({ MUHR_SECRET_KEY: first }).fingerprint('a'))
    expect(box.fingerprint('a')).not.toBe(box.fingerprint('b'))
    expect(box.fingerprint('a')).not.toBe(boxOf({ MUHR_SECRET_KEY: second }).fingerprint('a'))
  })

  it('is under the instance key where no other is set, and opens after one is', () => {
    const box = boxOf({})
    const sealed = box.seal(secret, 'x')
    expect(box.isOwnKey).toBe(false)
    const later = boxOf({ MUHR_SECRET_KEY: first })
    expect(later.isOwnKey).toBe(true)
    expect(later.open(sealed, 'x')).toEqual(secret)
    expect(boxOf({}, Buffer.alloc(32, 8)).open(sealed, 'x')).toBeUndefined()
  })
})
