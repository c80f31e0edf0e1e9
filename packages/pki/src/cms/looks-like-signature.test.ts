import { beforeAll, describe, expect, it } from 'vitest'
import { writePem } from '../asn1/index.ts'
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
})
