import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from './start-sandbox.ts'
import { FREE_PORTS } from './testing/free-ports.ts'
import { startHttpService } from './testing/http-service.ts'
import { hasOpenssl, openssl } from './testing/openssl.ts'
import { freshApi1, oneDocument, PDF, signedOf, TOKEN } from './testing/phone-bench.ts'

let dir: string
let sandbox: Sandbox
const secretHeader = (): Record<string, string> => ({
  'x-muhr-sim-secret': sandbox.ready.control.secret,
})

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-sandbox-'))
  sandbox = await startSandbox({ dir, ports: FREE_PORTS })
})
afterAll(async () => {
  await sandbox.stop()
  await rm(dir, { recursive: true, force: true })
})

const file = (...path: string[]): string => join(dir, 'pki', ...path)
const fetchBytes = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${sandbox.ready.trust}${path}`)).arrayBuffer())
const control = async (path: string, method = 'GET', body?: object) => {
  const response = await fetch(`${sandbox.ready.console}/_sim/${path}`, {
    method,
    headers: { ...secretHeader(), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

  return { status: response.status, body: await response.json() }
}

describe('what is printed when the sandbox is ready', () => {
  it('names every endpoint, citizen and key file', async () => {
    const { ready } = sandbox
    expect(ready.egovMobile.launcher).toBe(`${ready.console}/phone?link={link}`)
    expect(ready.caFile).toBe(file('ca.pem'))
    expect(ready.accounts['egov-mobile'].map(({ id }) => id)).toEqual(['person', 'head', 'second'])
    expect(ready.accounts.signme).toMatchObject({
      control: `${ready.signme}/_sim/signme`,
      sites: [{ key: 'TESTKEY' }, { key: 'TESTKEY2' }],
    })
    expect(ready.accounts.signme.users.find(({ id }) => id === 'anna')).toMatchObject({
      phone: '+79990000001',
      password: 'anna-TEST-01',
      smsCode: '100001',
    })
    expect(ready.accounts.signme.companies.map(({ staff }) => staff.length)).toEqual([3, 2, 0])
    expect(ready.keys).toHaveLength(13 + 24)
    for (const key of ready.keys) {
      expect(key.subject).toContain('TEST')
      const isFolder = key.country === 'RU' && key.format === 'cryptopro-container'
      const file = isFolder ? join(key.file, 'header.key') : key.file
      expect((await readFile(file)).length).toBeGreaterThan(500)
    }
    expect(JSON.parse(JSON.stringify(ready))).toEqual(ready)
  })
})

describe.skipIf(!hasOpenssl)('OpenSSL as the peer of the RSA side', () => {
  const pem = async (name: string): Promise<string> => {
    const key = sandbox.ready.keys.find((each) => each.file.endsWith(`${name}.p12`))
    const path = join(dir, `${name}.pem`)
    await openssl(
      ...['pkcs12', '-legacy', '-in', key?.file ?? '', '-passin', `pass:${key?.pin}`],
      ...['-nokeys', '-clcerts', '-out', path],
    )

    return path
  }
  const ca = async (name: string): Promise<string> => {
    const path = join(dir, `${name}.pem`)
    await openssl('x509', '-inform', 'DER', '-in', file('ca', `${name}.cer`), '-out', path)

    return path
  }

  it('builds the chain of a citizen to the trust file', async () => {
    const purpose = ['-CAfile', sandbox.ready.caFile, '-x509_strict']
    expect(await openssl('verify', ...purpose, await pem('person-rsa'))).toMatch(/OK/)
    expect(await openssl('verify', ...purpose, await pem('head-rsa'))).toMatch(/OK/)
    expect(await openssl('verify', ...purpose, await pem('person-rsa-expired'))).toMatch(/expired/)
    expect(await openssl('verify', ...purpose, await pem('person-rsa-foreign'))).toMatch(
      /unable to get local issuer/,
    )
  })

  it('asks OCSP by SHA-1 and SHA-256 CertID, with nonce', async () => {
    const common = ['-url', `${sandbox.ready.trust}/ocsp`, '-CAfile', sandbox.ready.caFile]
    const issuer = ['-issuer', await ca('nca-rsa')]
    for (const digest of [[], ['-sha256']]) {
      const answer = await openssl(
        ...['ocsp', ...digest, ...issuer, '-cert', await pem('person-rsa')],
        ...['-cert', await pem('person-rsa-revoked'), ...common],
      )
      expect(answer).toMatch(/Response verify OK/)
      expect(answer).toMatch(/person-rsa\.pem: good/)
      expect(answer).toMatch(/person-rsa-revoked\.pem: revoked[\s\S]*cessationOfOperation/)
      expect(answer).not.toMatch(/nonce|Next Update/i)
    }
    const unknown = await openssl('ocsp', ...issuer, '-serial', '4711', ...common)
    expect(unknown).toMatch(/4711: unknown/)
    const foreign = await openssl(
      ...['ocsp', '-issuer', await ca('foreign-rsa'), '-serial', '1', ...common],
    )
    expect(foreign).toMatch(/unauthorized/)
  })

  it('answers OCSP over GET as well', async () => {
    const der = join(dir, 'request.der')
    await openssl(
      ...['ocsp', '-issuer', await ca('nca-rsa'), '-cert', await pem('person-rsa')],
      ...['-no_nonce', '-reqout', der],
    )
    const encoded = encodeURIComponent((await readFile(der)).toString('base64'))
    const response = join(dir, 'response.der')
    await writeFile(response, await fetchBytes(`/ocsp/${encoded}`))
    expect(
      await openssl(
        ...['ocsp', '-respin', response, '-CAfile', sandbox.ready.caFile],
        ...['-issuer', await ca('nca-rsa'), '-cert', await pem('person-rsa')],
      ),
    ).toMatch(/person-rsa\.pem: good/)
  })

  it('reads the CRLs of both CAs and finds the revoked citizen', async () => {
    const lists = await Promise.all(
      ['nca-rsa', 'root-rsa'].map(async (name) => {
        const path = join(dir, `${name}.crl`)
        await writeFile(path, await fetchBytes(`/crl/${name}.crl`))

        return openssl('crl', '-inform', 'DER', '-in', path)
      }),
    )
    const all = join(dir, 'all.pem')
    await writeFile(all, [await readFile(sandbox.ready.caFile, 'utf8'), ...lists].join('\n'))
    const check = ['verify', '-crl_check_all', '-CAfile', all]
    expect(await openssl(...check, await pem('person-rsa'))).toMatch(/OK/)
    expect(await openssl(...check, await pem('person-rsa-revoked'))).toMatch(/certificate revoked/)
  })

  it('verifies time-stamps of SHA-256 and is refused those of SHA-1', async () => {
    const [data, query, reply] = ['data', 'query.tsq', 'reply.tsr'].map((name) => join(dir, name))
    await writeFile(data ?? '', PDF)
    const ask = async (digest: string, ...more: string[]): Promise<string> => {
      const make = ['ts', '-query', '-data', data ?? '', digest, '-out', query ?? '', ...more]
      await openssl(...make)
      const response = await fetch(`${sandbox.ready.trust}/tsp`, {
        method: 'POST',
        body: await readFile(query ?? ''),
      })
      await writeFile(reply ?? '', Buffer.from(await response.arrayBuffer()))

      return openssl('ts', '-reply', '-in', reply ?? '', '-text')
    }
    expect(await ask('-sha256', '-cert')).toMatch(
      /Granted[\s\S]*Policy OID: 1\.2\.398\.3\.3\.2\.6\.2/,
    )
    const files = ['-in', reply ?? '', '-queryfile', query ?? '', '-CAfile', sandbox.ready.caFile]
    expect(await openssl('ts', '-verify', ...files)).toMatch(/Verification: OK/)
    expect(await ask('-sha1', '-cert')).toMatch(/Rejected|unrecognized or unsupported/)
    expect(await ask('-sha256', '-cert', '-tspolicy', '1.2.398.3.3.2.6.4')).toMatch(
      /policy is not supp/,
    )
  })

  it('verifies an attached signature that the phone made with an RSA key', async () => {
    const service = await startHttpService({
      api1: freshApi1,
      api2: oneDocument('CMS_WITH_DATA'),
      token: TOKEN,
    })
    try {
      const { body } = await control('egov-mobile/act', 'POST', {
        text: service.qr,
        algorithm: 'rsa-2048',
      })
      expect(body.outcome.kind).toBe('accepted')
      const [container, content] = ['signed.p7s', 'content'].map((name) => join(dir, name))
      await writeFile(container ?? '', signedOf(service.puts[0]?.text ?? '')[0] ?? '')
      const said = await openssl(
        ...['cms', '-verify', '-inform', 'DER', '-in', container ?? '', '-binary', '-cades'],
        ...['-CAfile', sandbox.ready.caFile, '-out', content ?? ''],
      )
      expect(said).toMatch(/successful/)
      expect(await readFile(content ?? '')).toEqual(PDF)
    } finally {
      await service.stop()
    }
  })
})

describe('the control', () => {
  it('acts as a recipient over HTTP and journals what was sent, without the token', async () => {
    const service = await startHttpService({
      api1: freshApi1,
      api2: oneDocument('CMS_SIGN_ONLY'),
      token: TOKEN,
    })
    try {
      await control('journal', 'DELETE')
      const { status, body } = await control('egov-mobile/act', 'POST', {
        account: 'head',
        text: service.qr,
      })
      expect(status).toBe(200)
      expect(body).toMatchObject({
        view: { documents: [{ method: 'CMS_SIGN_ONLY' }] },
        outcome: { kind: 'accepted', answers: [{ status: 200, message: 'success' }] },
      })
      const { calls } = (await control('journal')).body
      expect(calls.map(({ method, path }: Record<string, string>) => `${method} ${path}`)).toEqual([
        'GET /sessions/abc/mgovSign',
        'GET /sessions/abc/documents?part=1…',
        'POST /tsp',
        'PUT /sessions/abc/documents?part=1…',
      ])
      expect(JSON.stringify(calls)).not.toContain(TOKEN)
    } finally {
      await service.stop()
    }
  })

  it('gives a refusal of the phone with its code and field', async () => {
    const { status, body } = await control('egov-mobile/act', 'POST', {
      text: 'mobilesign:https://a.kz',
    })
    expect([status, body.code, body.data.place]).toEqual([400, 'link.unknown-form', 'link'])
  })

  it('moves the clock of the phone and of all trust services', async () => {
    const service = await startHttpService({ api1: freshApi1, api2: oneDocument('CMS_SIGN_ONLY') })
    try {
      await control('clock', 'PUT', { offsetMs: 3_600_000 })
      const { body } = await control('egov-mobile/act', 'POST', { text: service.qr })
      expect(body).toMatchObject({ code: 'request.expired', data: { field: 'expiry_date' } })
    } finally {
      await control('clock', 'PUT', { offsetMs: 0 })
      await service.stop()
    }
    expect((await control('clock', 'PUT', { offsetMs: 'soon' })).status).toBe(400)
  })

  it('makes OCSP, TSA and CRL fail on demand', async () => {
    const post = (path: string): Promise<Response> =>
      fetch(`${sandbox.ready.trust}${path}`, { method: 'POST', body: Buffer.from([0x30, 0]) })
    await control('faults', 'PUT', { ocsp: 'down', tsa: 'down', crl: 'down' })
    const down = await Promise.all([
      post('/ocsp'),
      post('/tsp'),
      fetch(`${sandbox.ready.trust}/crl/nca-gost.crl`),
    ])
    expect(down.map(({ status }) => status)).toEqual([503, 503, 503])
    await control('faults', 'PUT', { ocsp: 'try-later' })
    expect(Buffer.from(await (await post('/ocsp')).arrayBuffer()).toString('hex')).toBe(
      '30030a0103',
    )
    expect((await control('faults', 'PUT', { ocsp: 'explode' })).body.data.field).toBe('ocsp')
    expect((await control('faults', 'DELETE')).body).toEqual({
      ocsp: 'none',
      tsa: 'none',
      crl: 'none',
    })
    expect(Buffer.from(await (await post('/ocsp')).arrayBuffer()).toString('hex')).toBe(
      '30030a0101',
    )
  })

  it('revokes a certificate now, and takes it back', async () => {
    const size = async (): Promise<number> => (await fetchBytes('/crl/nca-gost-delta.crl')).length
    const before = await size()
    const revoked = await control('revocations', 'PUT', {
      certificate: 'second-gost',
      reason: 'keyCompromise',
    })
    expect(revoked.body.revoked.reason).toBe('keyCompromise')
    expect(await size()).toBeGreaterThan(before)
    await control('revocations', 'DELETE', { certificate: 'second-gost' })
    expect(await size()).toBe(before)
    expect((await control('revocations', 'PUT', { certificate: 'nobody' })).status).toBe(400)
  })

  it('lists the fidelity of everything, without the secret', async () => {
    for (const base of [sandbox.ready.console, sandbox.ready.trust]) {
      const { behaviours } = await (await fetch(`${base}/_sim/fidelity`)).json()
      expect(behaviours.length).toBeGreaterThan(50)
      for (const { mark, section } of behaviours) {
        expect(['seed', 'spec', 'public-client', 'assumed']).toContain(mark)
        expect(section).toMatch(/^(kz-egov-mobile|ru-epgu-goskey|ru-signme) §\d/)
      }
    }
  })
})

/** A raw request: `fetch` will not send another Host or Origin. */
const raw = (path: string, headers: Record<string, string>, method = 'GET'): Promise<number> =>
  new Promise((resolve, reject) => {
    request(`${sandbox.ready.console}${path}`, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end(method === 'POST' ? '{}' : undefined)
  })

describe('strangers', () => {
  it.each(['/', '/phone', '/_sim/egov-mobile/setup', '/_sim/fidelity'])(
    'reach %s under our names alone',
    async (path) => {
      const { host } = new URL(sandbox.ready.console)
      expect(await raw(path, { host })).toBe(200)
      expect(await raw(path, { host: host.replace('127.0.0.1', 'localhost') })).toBe(200)
      expect(await raw(path, { host: 'evil.example' })).toBe(421)
      expect(await raw(path, { host: '127.0.0.1' })).toBe(421)
    },
  )

  it('have no way to the phone from another origin', async () => {
    const { host, origin } = new URL(sandbox.ready.console)
    const path = '/_sim/egov-mobile/phones'
    expect(await raw(path, { host, origin }, 'POST')).toBe(200)
    expect(await raw(path, { host, origin: 'https://evil.example' }, 'POST')).toBe(403)
    expect(await raw(path, { host, origin: 'null' }, 'POST')).toBe(403)
    expect(await raw(path, { host, 'sec-fetch-site': 'cross-site' }, 'POST')).toBe(403)
    expect(await raw(path, { host, 'sec-fetch-site': 'same-site' }, 'POST')).toBe(403)
  })

  it.each(['clock', 'faults', 'journal', 'revocations'])(
    'cannot control %s without the secret',
    async (name) => {
      const { host } = new URL(sandbox.ready.console)
      expect(await raw(`/_sim/${name}`, { host })).toBe(401)
      expect(await raw(`/_sim/${name}`, { host, 'x-muhr-sim-secret': 'x'.repeat(32) })).toBe(401)
      expect(await raw('/_sim/egov-mobile/act', { host }, 'POST')).toBe(401)
    },
  )

  it('get no file but the assets', async () => {
    for (const path of [
      '/assets/../profile.ts',
      '/assets/%2e%2e/x.js',
      '/assets/page.html',
      '/ca/..cer',
    ]) {
      expect((await fetch(`${sandbox.ready.console}${path}`)).status).toBe(404)
    }
  })
})

describe('starting', () => {
  it('refuses a taken port by code, and leaves nothing open', async () => {
    const port = Number(new URL(sandbox.ready.console).port)
    await expect(
      startSandbox({ dir, ports: { ...FREE_PORTS, console: port } }),
    ).rejects.toMatchObject({
      code: 'sandbox.port-taken',
      data: { port },
    })
  })

  it('uses the PKI of the last start', async () => {
    const before = await readFile(file('pki.json'), 'utf8')
    const lines: string[] = []
    const second = await startSandbox({
      dir,
      ports: FREE_PORTS,
      log: (line) => lines.push(line),
    })
    await second.stop()
    expect(await readFile(file('pki.json'), 'utf8')).toBe(before)
    expect(second.ready.keys).toEqual(sandbox.ready.keys)
    expect(second.ready.control.secret).not.toBe(sandbox.ready.control.secret)
    expect(lines.join()).toContain('certificates name')
  })
})
