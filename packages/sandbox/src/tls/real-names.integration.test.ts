import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type PeerCertificate, rootCertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'

describe('the https port', () => {
  let dir: string
  let sandbox: Sandbox
  let ca = ''
  let port = 0

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muhr-tls-'))
    sandbox = await startSandbox({ dir, ports: FREE_PORTS })
    ca = await readFile(sandbox.ready.caFile, 'utf8')
    port = Number(new URL(sandbox.ready.tls.url).port)
  })
  afterAll(async () => {
    await sandbox.stop()
    await rm(dir, { recursive: true, force: true })
  })

  const ask = (name: string, path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      request(
        {
          host: '127.0.0.1',
          port,
          path,
          ca,
          servername: name,
          headers: { host: `${name}:${port}` },
        },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
        .on('error', reject)
        .end()
    })

  it.each([
    ['esia.gosuslugi.ru', '/esia-rs/api/public/v1/orgs/ext-app/x/tkn?signature=A', 404],
    ['esia.gosuslugi.ru', '/api/gusmev/order/getUpdatedAfter', 404],
    ['esia-portal1.test.gosuslugi.ru', '/esia-rs/api/public/v1/orgs/ext-app/x/tkn', 404],
    ['www.gosuslugi.ru', '/api/gusmev/order/getUpdatedAfter', 401],
    ['svcdev-beta.test.gosuslugi.ru', '/api/gusmev/order/getUpdatedAfter', 401],
    ['localhost', '/api/gusmev/order/getUpdatedAfter', 401],
    ['localhost', '/ca.pem', 200],
    ['sign.me', '/signapi/sjson', 200],
    ['sandbox.sign.me', '/signaturecheck/json', 200],
    ['test.sign.me', '/ca.pem', 404],
    ['localhost', '/signapi/sjson', 200],
  ])('answers as %s at %s', async (name, path, status) => {
    expect(await ask(name, path)).toBe(status)
  })

  it('has a certificate of the test CA for every real name and 127.0.0.1', async () => {
    const certificate = await new Promise<PeerCertificate>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, ca, servername: '' }, () => {
        resolve(socket.getPeerCertificate())
        socket.end()
      }).on('error', reject)
    })
    for (const name of sandbox.ready.tls.names)
      expect(certificate.subjectaltname).toContain(`DNS:${name}`)
    expect(certificate.subjectaltname).toContain('IP Address:127.0.0.1')
    expect(String(certificate.subject['L'])).toContain('TEST')
  })

  it('is trusted by nobody who does not name the test CA', async () => {
    ca = rootCertificates.join('\n')
    await expect(ask('www.gosuslugi.ru', '/')).rejects.toMatchObject({
      code: expect.stringMatching(/CERT|ISSUER|UNABLE/),
    })
  })

  it('has no control: that stays on the ports of its own', async () => {
    ca = await readFile(sandbox.ready.caFile, 'utf8')
    expect(await ask('localhost', '/_sim/epgu/orders')).toBe(404)
  })
})
