import { execFileSync, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { useSignme } from '../testing/signme-bench.ts'
import { md5Of, packageFor, type signmeClient } from '../testing/signme-client.ts'

const CONFIG = `openssl_conf = openssl_init
[openssl_init]
engines = engine_section
[engine_section]
gost = gost_section
[gost_section]
engine_id = gost
default_algorithms = ALL
`

const hasGostEngine = ((): boolean => {
  try {
    return execFileSync('openssl', ['engine', 'gost']).toString().includes('gost')
  } catch {
    return false
  }
})()

describe.skipIf(!hasGostEngine)('OpenSSL with gost-engine as the peer', () => {
  const bench = useSignme()
  let signme: ReturnType<typeof signmeClient>
  beforeAll(async () => {
    ;({ signme } = bench)
    await writeFile(join(bench.dir, 'openssl.cnf'), CONFIG)
    openssl(
      ...['x509', '-inform', 'DER', '-in', join(bench.dir, 'sandbox/pki/ca/ca-ru.cer')],
      ...['-out', 'issuing.pem'],
    )
  })

  const openssl = (...parameters: string[]): string => {
    const { stdout, stderr } = spawnSync('openssl', parameters, {
      cwd: bench.dir,
      env: { ...process.env, OPENSSL_CONF: join(bench.dir, 'openssl.cnf') },
    })

    return `${stdout}${stderr}`
  }
  const verify = async (container: Uint8Array, content: string): Promise<string> => {
    await writeFile(join(bench.dir, 'container'), container)
    await writeFile(join(bench.dir, 'content'), content)

    return openssl(
      ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'container', '-cades'],
      ...['-CAfile', bench.sandbox.ready.caFile, '-certfile', 'issuing.pem', '-purpose', 'any'],
      // Our critical test policy is known to nobody else: that is what keeps these signatures in the sandbox.
      ...['-ignore_critical', '-content', 'content', '-out', 'out'],
    )
  }
  const sign = async (bytes: string, user: string, phone: string, fault?: string) => {
    const suffix = await signme.sign(packageFor(bytes, { user_ph: phone }))
    await signme.act(suffix, 'sign', { user, ...(fault === undefined ? {} : { fault }) })
    const found = await signme.check({ md5: md5Of(bytes) })

    return Buffer.from(found.signature_1.pkcs64, 'base64')
  }

  it.each([
    ['GOST R 34.10-2012/256', 'anna', '+79990000001', /GOST R 34\.11-2012 with 256 bit/],
    ['RSA with SHA-256', 'maria', '+79990000011', /sha256/],
  ])(
    'verifies a container of %s, with its signed attributes',
    async (_name, user, phone, digest) => {
      const bytes = bench.fresh()
      const container = await sign(bytes, user, phone)
      expect(await verify(container, bytes)).toMatch(/CAdES Verification successful/i)
      expect(await verify(container, `${bytes}x`)).toMatch(/digest failure|verification failure/i)
      const printed = openssl(
        ...['cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', 'container'],
      )
      expect(printed).toMatch(digest)
      expect(printed).toMatch(/eContent: <ABSENT>/)
      for (const attribute of [
        'contentType',
        'messageDigest',
        'signingTime',
        'id-smime-aa-signingCertificateV2',
      ]) {
        expect(printed).toContain(`object: ${attribute}`)
      }
    },
  )

  it('verifies two signatures of two algorithms in one container', async () => {
    const bytes = bench.fresh()
    await sign(bytes, 'anna', '+79990000001')
    await sign(bytes, 'maria', '+79990000011')
    const container = await signme.container(md5Of(bytes))
    expect(await verify(container, bytes)).toMatch(/CAdES Verification successful/i)
    const printed = openssl(
      ...['cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', 'container'],
    )
    expect(printed.match(/object: messageDigest/g)).toHaveLength(2)
  })

  it.each(['broken-digest', 'other-bytes', 'extra-signer', 'expired'])(
    'does not verify one with the fault %s',
    async (fault) => {
      const bytes = bench.fresh()
      const container = await sign(bytes, 'anna', '+79990000001', fault)
      expect(await verify(container, bytes)).not.toMatch(/verification successful/i)
    },
  )
})
