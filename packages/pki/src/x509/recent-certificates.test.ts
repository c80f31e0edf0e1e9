import { beforeAll, describe, expect, it } from 'vitest'
import { testPki } from '../verify/testing/test-pki.ts'
import { parseCertificate } from './parse-certificate.ts'

describe('a certificate that was read before', () => {
  let bytes: Uint8Array
  beforeAll(async () => {
    bytes = (await testPki('rsa-2048')).signer.certificate.bytes
  })

  it('is the same object for the same octets, wherever they stand', () => {
    const first = parseCertificate(bytes)
    const elsewhere = new Uint8Array(bytes.length + 7)
    elsewhere.set(bytes, 7)
    expect(parseCertificate(elsewhere.subarray(7))).toBe(first)
  })

  it('does not change when its source is written over', () => {
    const source = Uint8Array.from(bytes)
    const certificate = parseCertificate(source)
    source.fill(0)
    expect(certificate.bytes).toEqual(bytes)
    expect(parseCertificate(bytes).sha256).toBe(certificate.sha256)
  })

  it.each([
    ['at its end', 1],
    ['before the octets by which it is looked for', 100],
  ])('is another when an octet differs %s', (_where, fromEnd) => {
    const original = parseCertificate(bytes)
    const changed = Uint8Array.from(bytes)
    const at = changed.length - fromEnd
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(parseCertificate(changed).sha256).not.toBe(original.sha256)
    expect(parseCertificate(changed).signature).not.toEqual(original.signature)
    expect(parseCertificate(bytes).sha256).toBe(original.sha256)
  })
})
