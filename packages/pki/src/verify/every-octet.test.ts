import { describe, expect, it } from 'vitest'
import { writePem } from '../asn1/index.ts'
import type { VerificationReport } from './report.ts'
import { findUndetectedChanges, tellingValues } from './testing/change-octets.ts'
import {
  isRespelling,
  type SampleContainer,
  sampleContainers,
} from './testing/sample-containers.ts'
import { sampleNow } from './testing/test-pki.ts'
import { verifySignature } from './verify-signature.ts'

const verify = async (
  { trust, stored, content: given }: SampleContainer,
  { container, content = given }: { container: Uint8Array; content?: Uint8Array | undefined },
): Promise<VerificationReport> => {
  const { report } = await verifySignature({
    container,
    ...(content === undefined ? {} : { content }),
    trust,
    policy: 'etsi-basic',
    now: sampleNow,
    ...(stored === undefined ? {} : { stored }),
  })
  return report
}

/**
 * Here only some octets of each container are changed, each container others; the soak run changes
 * every one to every value. A GOST signature takes two hundred times as long to check as an RSA one.
 */
const plans = {
  'rsa-2048': { positions: 60, values: tellingValues },
  'kz-2015-512': {
    positions: 8,
    values: (right: number, position: number) => [right ^ (1 << (position % 8)), right ^ 0xff],
  },
} as const

describe.each(['rsa-2048', 'kz-2015-512'] as const)('one changed octet, %s', async (kind) => {
  for (const [index, sample] of (await sampleContainers(kind)).entries()) {
    it(`fails: ${sample.name}`, async () => {
      const { container, content } = sample
      const right = await verify(sample, { container })
      expect(right.signatures.flatMap(({ checks }) => checks)).toEqual(
        expect.not.arrayContaining([expect.objectContaining({ result: 'failed' })]),
      )
      expect(right.indication).toBe('TOTAL-PASSED')
      const { positions, values } = plans[kind]
      const stride = Math.ceil(container.length / positions)
      expect(
        await findUndetectedChanges(
          container,
          (changed) => verify(sample, { container: changed }),
          { stride, offset: (index * 7) % stride, values },
        ),
      ).toEqual([])
      if (content !== undefined) {
        expect(
          await findUndetectedChanges(
            content,
            (changed) => verify(sample, { container, content: changed }),
            { stride: 13, values },
          ),
        ).toEqual([])
      }
    })
  }
})

describe('the other spelling of an RSA signature algorithm', async () => {
  for (const sample of await sampleContainers('rsa-2048')) {
    const { mayBeRespelled = false, container } = sample
    it(`${mayBeRespelled ? 'alone passes' : 'fails'}: ${sample.name}`, async () => {
      const undetected = await findUndetectedChanges(
        container,
        (changed) => verify(sample, { container: changed }),
        { stride: 1, values: (right) => (right === 1 ? [11] : right === 11 ? [1] : []) },
      )
      expect(undetected).toHaveLength(mayBeRespelled ? 1 : 0)
      expect(undetected.every((change) => isRespelling(sample, change))).toBe(true)
    })
  }
})

describe('one changed character of a signature in text form', async () => {
  const [sample] = (await sampleContainers('rsa-2048')).slice(1)
  const base64 = Buffer.from(sample?.container ?? '').toString('base64')
  const forms = {
    PEM: writePem('CMS', sample?.container ?? new Uint8Array()),
    'PEM with CRLF': writePem('CMS', sample?.container ?? new Uint8Array()).replaceAll(
      '\n',
      '\r\n',
    ),
    base64,
    'wrapped base64': `${base64.replaceAll(/.{76}/g, '$&\r\n')}\r\n`,
    'query value': encodeURIComponent(base64),
    'data URL': `data:application/pkcs7-signature;base64,${base64}`,
  }
  it.each(Object.entries(forms))('fails: %s', async (_name, text) => {
    if (sample === undefined) {
      expect.fail('there is no sample')
    }
    const container = new TextEncoder().encode(text)
    expect((await verify(sample, { container })).indication).toBe('TOTAL-PASSED')
    const plan = {
      values: (right: number) => [0x41, 0x0a, 0x20, 0x2b, 0x2d, right ^ 1, right ^ 0x80],
    }
    const judge = (changed: Uint8Array) => verify(sample, { container: changed })
    const head = await findUndetectedChanges(
      container.subarray(0, 90),
      (changed) => judge(Uint8Array.of(...changed, ...container.subarray(90))),
      { stride: 1, ...plan },
    )
    const body = await findUndetectedChanges(container, judge, { stride: 41, offset: 90, ...plan })
    const tail = await findUndetectedChanges(
      container.subarray(-24),
      (changed) => judge(Uint8Array.of(...container.subarray(0, -24), ...changed)),
      { stride: 1, ...plan },
    )
    expect([...head, ...body, ...tail]).toEqual([])
  })
})
