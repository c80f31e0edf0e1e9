import { packZip } from '@muhr/zip'
import { describe, expect, it } from 'vitest'
import { bundleLimits, createBundleWriter, unpackBundle } from './bundle-zip.ts'

const file = (path: string) => ({ path, bytes: Buffer.from('x') })
const good = packZip([file('a.txt')])

describe('the zip of a bundle that is refused', () => {
  it.each([
    ['cut', good.subarray(1), { reason: 'structure' }],
    [
      'with octets changed',
      Buffer.from(good).fill('y', 35, 36),
      { reason: 'checksum-mismatch', path: 'a.txt' },
    ],
    ['with a step up', packZip([file('../a')]), { reason: 'unsafe-name', path: '../a' }],
    ['with a name twice', packZip([file('a'), file('A')]), { reason: 'duplicate-name', path: 'A' }],
  ])('is told in the words of bundles: %s', (_, zip, data) => {
    expect([...unpackBundle(good).keys()]).toEqual(['a.txt'])
    expect(() => unpackBundle(zip)).toThrow(
      expect.objectContaining({ name: 'EvidenceError', code: 'evidence.damaged', data }),
    )
  })

  it('for its number of files names the limit of bundles', () => {
    const many = packZip(Array.from({ length: bundleLimits.entries + 1 }, (_, n) => file(`${n}`)))
    expect(() => unpackBundle(many)).toThrow(
      expect.objectContaining({ code: 'evidence.too-large', data: { limit: 5_000 } }),
    )
  })

  it('while it is written: more files than a zip can have', () => {
    const writer = createBundleWriter()
    const writeAll = () => {
      for (let index = 0; index <= 0xffff; index += 1) {
        writer.header(`${index}`, new Uint8Array())
      }
    }
    expect(writeAll).toThrow(expect.objectContaining({ code: 'evidence.too-large' }))
  })
})
