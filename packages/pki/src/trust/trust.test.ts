import { describe, expect, it } from 'vitest'
import { writePem } from '../asn1/index.ts'
import { testPki } from '../verify/testing/test-pki.ts'
import { knownAuthorities, knownAuthority } from './known-authorities.ts'
import { readTrustAnchors } from './read-trust-anchors.ts'
import { createTrustStore } from './trust-store.ts'

describe('published authorities', () => {
  it('are named by distinct fingerprints', () => {
    const names = knownAuthorities.map(({ sha256 }) => sha256)
    expect(new Set(names).size).toBe(names.length)
    expect(names.every((sha256) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true)
  })

  it('are found by fingerprint, and nobody else is', () => {
    const [first] = knownAuthorities
    expect(knownAuthority(first?.sha256 ?? '')).toBe(first)
    expect(knownAuthority('00'.repeat(32))).toBeUndefined()
  })
})

describe('a trust store', () => {
  it('keeps of two origins of a certificate the one nearest to a word', async () => {
    const { certificate } = (await testPki('rsa-2048')).root
    const store = createTrustStore([
      { certificate, origin: 'configured' },
      { certificate, origin: 'explicit' },
      { certificate, origin: 'sandbox' },
    ])
    expect(store.anchors).toEqual([{ certificate, origin: 'explicit' }])
  })
})

describe('a trust file', () => {
  it('is DER, or PEM of any number of certificates', async () => {
    const { root, authority } = await testPki('rsa-2048')
    const pem = [root, authority]
      .map(({ certificate }) => writePem('CERTIFICATE', certificate.bytes))
      .join('# comment\n')
    const names = (file: Uint8Array) =>
      readTrustAnchors(file, 'explicit').map(({ certificate, origin }) => [
        certificate.sha256,
        origin,
      ])
    expect(names(new TextEncoder().encode(pem))).toEqual([
      [root.certificate.sha256, 'explicit'],
      [authority.certificate.sha256, 'explicit'],
    ])
    expect(names(root.certificate.bytes)).toEqual([[root.certificate.sha256, 'explicit']])
  })

  it('that is none is refused by a code', () => {
    expect(() => readTrustAnchors(new TextEncoder().encode('not base64!'), 'explicit')).toThrow(
      expect.objectContaining({ code: 'container.unreadable' }),
    )
    expect(() => readTrustAnchors(Uint8Array.of(0x30, 0x00), 'explicit')).toThrow(
      expect.objectContaining({ code: 'asn1.missing' }),
    )
  })
})
