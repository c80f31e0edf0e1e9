import { makeEvidence, rootsPem, signWith, testPki, testTimes } from '@muhr/evidence/testing'
import { writePem } from '@muhr/pki'
import { afterAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runVerify } from './run-verify.ts'

const world = createCommandWorld(testTimes.now)
afterAll(world.remove)

const content = Buffer.from('%PDF-1.7\nДоговор № 17\n%%EOF\n')

/** GOST mathematics takes its time: fewer octets there. The soak run of the verifier changes all. */
const plans = { 'rsa-2048': 70, 'kz-2015-512': 24 } as const

type Sample = {
  readonly name: string
  /** The file whose octets are changed. */
  readonly bytes: Uint8Array
  readonly args: (changed: string) => readonly string[]
  readonly positions: number
}

async function samplesOf(kind: keyof typeof plans): Promise<readonly Sample[]> {
  const pki = await testPki({ kind, sandbox: true })
  const trust = `${kind}.pem`
  world.write(trust, rootsPem(pki) + writePem('CERTIFICATE', pki.authority.certificate.bytes))
  const attached = await signWith(pki.person, { content, form: 'attached', tsa: pki.tsa })
  const detached = await signWith(pki.person, { content, form: 'detached', tsa: pki.tsa })
  const evidence = await makeEvidence({ onlyRsa: kind === 'rsa-2048' })
  const roots = `${kind}-roots.pem`
  world.write(roots, rootsPem(...evidence.pkis))
  world.write('content.pdf', content)
  world.write(`${kind}.p7s`, detached)
  const positions = plans[kind]
  const base64 = Buffer.from(attached).toString('base64').replace(/.{64}/g, '$&\n')

  return [
    {
      name: 'attached signature',
      bytes: attached,
      args: (changed) => [changed, '--trust', trust],
      positions,
    },
    {
      name: 'detached signature',
      bytes: detached,
      args: (changed) => [changed, '--content', 'content.pdf', '--trust', trust],
      positions,
    },
    {
      name: 'document of a detached signature',
      bytes: content,
      args: (changed) => [`${kind}.p7s`, '--content', changed, '--trust', trust],
      positions: Math.ceil(positions / 3),
    },
    {
      name: 'signature as PEM',
      bytes: Buffer.from(writePem('CMS', attached)),
      args: (changed) => [changed, '--trust', trust],
      positions,
    },
    {
      name: 'signature as base64',
      bytes: Buffer.from(base64),
      args: (changed) => [changed, '--trust', trust],
      positions,
    },
    {
      name: 'evidence bundle',
      bytes: evidence.bytes,
      args: (changed) => [changed, '--trust', roots],
      positions: positions * 3,
    },
  ]
}

describe.each(['rsa-2048', 'kz-2015-512'] as const)('one changed octet, %s', async (kind) => {
  for (const [index, sample] of (await samplesOf(kind)).entries()) {
    it(`of the ${sample.name} ends with exit code 1`, async () => {
      const { bytes, args, positions } = sample
      const name = `${kind}-${index}`
      const codeOf = async (octets: Uint8Array): Promise<number> =>
        (await world.run(runVerify, args(world.write(name, octets)))).code
      expect(await codeOf(bytes)).toBe(0)
      const wrong: string[] = []
      const stride = Math.max(1, Math.floor(bytes.length / positions))
      for (let at = (index * 5) % stride; at < bytes.length; at += stride) {
        const changed = Uint8Array.from(bytes)
        changed[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
        const code = await codeOf(changed)
        if (code !== 1) {
          wrong.push(`octet ${at}: ${bytes[at]} to ${changed[at]}: exit code ${code}`)
        }
      }
      expect(wrong).toEqual([])
    })
  }
})
