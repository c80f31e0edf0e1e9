import { beforeAll, describe, expect, it } from 'vitest'
import { der, writePem } from '../asn1/index.ts'
import { type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { createSignedData } from './create-signed-data.ts'
import { looksLikeSignature } from './looks-like-signature.ts'

let pki: TestPki
let container: Uint8Array
beforeAll(async () => {
  pki = await testPki('rsa-2048')
  container = await createSignedData({
    content: new Uint8Array([1, 2, 3]),
    form: 'attached',
    signers: [{ ...pki.signer, signingTime: new Date('2026-02-01T10:00:00Z') }],
  })
})

const forms = (): readonly (readonly [string, Uint8Array])[] => {
  const text = (value: string) => new TextEncoder().encode(value)
  const base64 = Buffer.from(container).toString('base64')
  const ber = Uint8Array.from(container)
  ber[1] = 0x80
  return [
    ['DER', container],
    ['BER', Uint8Array.of(0x30, 0x80, ...container.subarray(4), 0, 0)],
    ['PEM', text(writePem('CMS', container))],
    ['PEM with CRLF', text(writePem('CMS', container).replaceAll('\n', '\r\n'))],
    ['base64', text(base64)],
    ['wrapped base64', text(base64.replaceAll(/.{76}/g, '$&\r\n'))],
    ['data URL', text(`data:application/pkcs7-signature;base64,${base64}`)],
  ]
}

describe('looksLikeSignature', () => {
  it('knows a signature in every form that people send', () => {
    for (const [name, bytes] of forms()) {
      expect(looksLikeSignature(bytes), name).toBe(true)
    }
  })

  it('never takes a signature with one changed octet for something else', () => {
    for (const [name, bytes] of forms()) {
      const head = Math.min(bytes.length, 160)
      for (let position = 0; position < head; position += 1) {
        const damaged = Uint8Array.from(bytes)
        const right = bytes[position] ?? 0
        for (const value of [0, 9, 10, 32, 44, 45, 65, 122, 255, right ^ 1, right ^ 0x20]) {
          damaged[position] = value
          if (!looksLikeSignature(damaged)) {
            expect.fail(`${name}: octet ${position} set to ${value}`)
          }
        }
      }
    }
  })

  it('knows what is no signature', () => {
    const text = (value: string) => new TextEncoder().encode(value)
    const others = [
      new Uint8Array(),
      Uint8Array.of(0x30),
      pki.signer.certificate.bytes,
      text('%PDF-1.7\n%âãÏÓ\n1 0 obj'),
      text('<?xml version="1.0"?><a/>'),
      text('MIIB some words that begin as base64 does'),
      text(writePem('CERTIFICATE', pki.signer.certificate.bytes)),
      Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) & 0xff),
    ]
    for (const bytes of others) {
      expect(looksLikeSignature(bytes)).toBe(false)
    }
  })

  describe('by the identifier behind the outer header', () => {
    const identifier = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]
    const behind = (header: readonly number[], changed: Readonly<Record<number, number>> = {}) =>
      Uint8Array.from([
        ...header,
        ...identifier.map((octet, index) => octet ^ (changed[index] ?? 0)),
        ...[0xa0, 0x80, 0, 0],
      ])

    it('which has one to five octets of length', () => {
      for (const length of [1, 2, 3, 4, 5]) {
        expect(looksLikeSignature(behind([0x30, ...Array<number>(length).fill(0x82)]))).toBe(true)
      }
      expect(looksLikeSignature(behind([0x30]))).toBe(false)
      expect(looksLikeSignature(behind([0x30, ...Array<number>(6).fill(0x82)]))).toBe(false)
      expect(looksLikeSignature(behind([0x30, 0x80]).subarray(0, 13))).toBe(true)
      expect(looksLikeSignature(behind([0x30, 0x80]).subarray(0, 12))).toBe(false)
    })

    it('of which two octets may be damaged, not three', () => {
      expect(looksLikeSignature(behind([0x30, 0x80], { 2: 1, 3: 1 }))).toBe(true)
      expect(looksLikeSignature(behind([0x30, 0x80], { 2: 1, 3: 1, 4: 1 }))).toBe(false)
    })

    it('in text too, before which a line or the head of a data URL stands', () => {
      const base64 = Buffer.from(container).toString('base64')
      const damaged = `${base64.slice(0, 9)}*${base64.slice(10)}`
      const text = (value: string) => new TextEncoder().encode(value)
      for (const head of [
        '',
        'subject=somebody\n',
        '-----BEGIN CMS--',
        'data:;name=a,',
        'data:base64;',
      ]) {
        expect(looksLikeSignature(text(head + damaged)), head).toBe(true)
      }
      expect(looksLikeSignature(text(`other words ${damaged}`))).toBe(false)
    })

    it('with one character lost, or up to three too many', () => {
      const base64 = Buffer.from(container).toString('base64')
      const text = (value: string) => new TextEncoder().encode(value)
      expect(looksLikeSignature(text(`${base64.slice(0, 7)}\t${base64.slice(8)}`))).toBe(true)
      for (const more of ['A', 'AB', 'ABC']) {
        expect(looksLikeSignature(text(more + base64)), more).toBe(true)
      }
      expect(looksLikeSignature(text(`ABCDEFGHIJKLMNOPQRST${base64}`))).toBe(false)
    })

    it('but not among octets that no text has', () => {
      const base64 = Buffer.from(container).toString('base64')
      const text = (value: string) => new TextEncoder().encode(value)
      const damaged = `${base64.slice(0, 9)}*${base64.slice(10, 200)}`
      expect(looksLikeSignature(text(`${damaged}\u0000\u0000`))).toBe(true)
      expect(looksLikeSignature(text(`${damaged}\u0000\u0001\u001f`))).toBe(false)
      expect(looksLikeSignature(text(`${damaged}\t\n\v\f\r\u0000\u0000`))).toBe(true)
      expect(looksLikeSignature(text(`${damaged}\u0008\u0008\u000e`))).toBe(false)
    })
  })

  it('knows CMS of other kinds, which no damage to a signature makes', () => {
    const types = [
      ...['1.2.840.113549.1.7.1', '1.2.840.113549.1.7.3', '1.2.840.113549.1.7.5'],
      ...['1.2.840.113549.1.7.6', '1.2.840.113549.1.9.16.1.2'],
    ]
    const cms = (type: string, last: Uint8Array) =>
      der.sequence(der.oid(type), der.context(0, der.sequence(der.integer(0), last)))
    for (const type of types) {
      expect(looksLikeSignature(cms(type, der.octets(Uint8Array.of(1)))), type).toBe(false)
      const pem = new TextEncoder().encode(writePem('CMS', cms(type, der.null())))
      expect(looksLikeSignature(pem), type).toBe(false)
    }
    // Of the arc of SignedData, and ending as it does: a signature with a damaged identifier.
    expect(looksLikeSignature(cms('1.2.840.113549.1.7.3', der.set(der.null())))).toBe(true)
    expect(looksLikeSignature(cms('1.2.840.113549.1.7.9', der.null()))).toBe(true)
    expect(looksLikeSignature(cms('1.2.840.113549.1.7.2', der.null()))).toBe(true)
    const cut = cms('1.2.840.113549.1.7.3', der.octets(Uint8Array.of(1))).subarray(0, 20)
    expect(looksLikeSignature(cut)).toBe(true)
  })
})
