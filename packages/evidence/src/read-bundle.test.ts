import { packZip } from '@muhr/zip'
import { beforeAll, describe, expect, it } from 'vitest'
import { EvidenceError } from './error.ts'
import { verifyBundle } from './judge/verify-bundle.ts'
import { looksLikeBundle, readBundle } from './read-bundle.ts'
import { makeEvidence, type TestEvidence, testTimes } from './testing/make-evidence.ts'
import { trustIn } from './testing/test-pki.ts'

let evidence: TestEvidence

beforeAll(async () => {
  evidence = await makeEvidence({ onlyRsa: true })
})

async function verdictOf(bytes: Uint8Array): Promise<string> {
  try {
    const { indication, subIndication } = await verifyBundle(bytes, {
      trust: trustIn(...evidence.pkis),
      policy: 'etsi-basic',
      now: testTimes.now,
    })

    return `${indication} ${subIndication}`
  } catch (error) {
    return error instanceof EvidenceError ? error.code : String(error)
  }
}

describe('one changed octet of a bundle', () => {
  /** Changes octets and gives back the changes that are not found. */
  const undetected = async (positions: Iterable<number>): Promise<readonly string[]> => {
    const found: string[] = []
    const bytes = Uint8Array.from(evidence.bytes)
    for (const position of positions) {
      const right = bytes[position] ?? 0
      const value = right ^ (1 << (position % 8))
      bytes[position] = value
      const verdict = await verdictOf(bytes)
      if (verdict !== 'TOTAL-FAILED FORMAT_FAILURE') {
        found.push(`${position}: ${right} to ${value}: ${verdict}`)
      }
      bytes[position] = right
    }

    return found
  }

  it('is found in every octet of every header', async () => {
    const octets = Buffer.from(evidence.bytes)
    const end = octets.length - 22
    const directory = octets.readUInt32LE(end + 16)
    const places: number[] = []
    for (let at = directory; at < octets.length; at += 1) {
      places.push(at)
    }
    for (
      let at = octets.indexOf('PK\x03\x04');
      at >= 0;
      at = octets.indexOf('PK\x03\x04', at + 1)
    ) {
      for (let offset = 0; offset < 30 + octets.readUInt16LE(at + 26); offset += 1) {
        places.push(at + offset)
      }
    }
    expect(places.length).toBeGreaterThan(4_000)
    expect(await verdictOf(evidence.bytes)).toBe('TOTAL-PASSED undefined')
    expect(await undetected(places)).toEqual([])
  })

  it('is found in every file', async () => {
    const stride = 61
    const places = Array.from(
      { length: Math.floor(evidence.bytes.length / stride) },
      (_, index) => index * stride,
    )
    expect(await undetected(places)).toEqual([])
  })
})

describe('a file that is no bundle', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('hello')],
    ['another zip', packZip([{ path: 'word/document.xml', bytes: Buffer.from('<x/>') }])],
    [
      'a browser extension, which has a manifest.json too',
      packZip([
        { path: 'manifest.json', bytes: Buffer.from('{"manifest_version":3}') },
        { path: 'README.txt', bytes: Buffer.from('x') },
      ]),
    ],
  ])('%s is told apart', async (_, bytes) => {
    expect(looksLikeBundle(evidence.bytes)).toBe(true)
    expect(looksLikeBundle(bytes)).toBe(false)
    expect(await verdictOf(bytes)).toBe('evidence.not-a-bundle')
  })

  it('is told apart from a bundle cut in half, or with its directory gone', async () => {
    const half = evidence.bytes.subarray(0, evidence.bytes.length / 2)
    const headless = evidence.bytes.subarray(evidence.bytes.length / 2)
    expect(await verdictOf(headless)).toBe('TOTAL-FAILED FORMAT_FAILURE')
    expect(await verdictOf(evidence.bytes.subarray(0, -30))).toBe('TOTAL-FAILED FORMAT_FAILURE')
    // What is left of its first half shows no name twice.
    expect(await verdictOf(half)).toMatch(/^(TOTAL-FAILED FORMAT_FAILURE|evidence\.not-a-bundle)$/)
  })
})

describe('a bundle packed again', () => {
  it('in another order is read, since its digests count', async () => {
    const files = [...readBundle(evidence.bytes)].map(([path, bytes]) => ({ path, bytes }))
    expect(await verdictOf(packZip(files.toReversed()))).toBe('TOTAL-PASSED undefined')
  })

  it('with a few odd octets in its headers was damaged', async () => {
    const bytes = Uint8Array.from(evidence.bytes)
    const view = new DataView(bytes.buffer)
    const directory = view.getUint32(bytes.length - 6, true)
    // Time of the first entry, in both headers alike: no reader would mind.
    view.setUint16(10, 1, true)
    view.setUint16(directory + 12, 1, true)
    expect(() => readBundle(bytes)).toThrow(
      expect.objectContaining({ code: 'evidence.damaged', data: { reason: 'altered' } }),
    )
  })
})
