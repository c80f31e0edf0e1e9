import { describe, expect, it } from 'vitest'
import { der } from '../asn1/index.ts'
import { looksLikeAttributes } from './looks-like-attributes.ts'

const attribute = der.sequence(der.oid('1.2.3'), der.set(der.null()))

describe('content that would pass for signed attributes', () => {
  it('is the DER of a set of attributes, one at least', () => {
    expect(looksLikeAttributes(der.set(attribute))).toBe(true)
    expect(looksLikeAttributes(der.setOf(attribute, attribute))).toBe(true)
    expect(looksLikeAttributes(der.set())).toBe(false)
    expect(looksLikeAttributes(undefined)).toBe(false)
    expect(looksLikeAttributes(new Uint8Array())).toBe(false)
  })

  it('is no other set, and nothing but a set', () => {
    const third = der.sequence(der.oid('1.2.3'), der.set(der.null()), der.null())
    const others = [
      der.null(),
      der.sequence(der.oid('1.2.3')),
      der.sequence(der.oid('1.2.3'), der.null()),
      der.sequence(der.utf8('1.2.3'), der.set()),
      third,
    ]
    for (const other of others) {
      expect(looksLikeAttributes(der.set(other))).toBe(false)
      expect(looksLikeAttributes(der.setOf(attribute, other))).toBe(false)
    }
    expect(looksLikeAttributes(der.sequence(attribute))).toBe(false)
    expect(looksLikeAttributes(Uint8Array.of(0x31, 0x05, 1))).toBe(false)
    expect(looksLikeAttributes(Uint8Array.from([...der.set(attribute), 0]))).toBe(false)
  })
})
