import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { der, writePem } from '../asn1/index.ts'
import { isPkiError } from '../error.ts'
import { algorithmOid, digestOf } from '../keys/index.ts'
import { hasOpenssl, openOpensslRoom } from '../verify/testing/openssl.ts'
import { stamp, trustIn } from '../verify/testing/sample-containers.ts'
import { type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { verifyTimeStamp } from '../verify/verify-time-stamp.ts'
import { parseCertificate } from '../x509/index.ts'
import { buildTimeStampRequest, parseTimeStampRequest } from './request.ts'
import { buildTimeStampResponse, parseTimeStampResponse, timeStampTokenOf } from './response.ts'
import { encodeTstInfo, parseTstInfo } from './tst-info.ts'

const data = new TextEncoder().encode('manifest')
let pki: TestPki
beforeAll(async () => {
  pki = await testPki('rsa-2048')
})

describe('TimeStampReq', () => {
  it('round-trips', () => {
    const bytes = buildTimeStampRequest({
      data,
      digestOid: algorithmOid.kzStreebog512,
      policy: '1.2.398.3.3.2.6.4',
      nonce: 12345678901234567890n,
    })
    expect(parseTimeStampRequest(bytes)).toMatchObject({
      messageImprint: {
        algorithm: { oid: algorithmOid.kzStreebog512 },
        hash: digestOf(algorithmOid.kzStreebog512, data),
      },
      policy: '1.2.398.3.3.2.6.4',
      nonce: 12345678901234567890n,
      certReq: true,
      hasExtensions: false,
    })
  })

  it('with a hash of another length than its algorithm makes is refused', () => {
    const request = (hash: Uint8Array) =>
      der.sequence(
        der.integer(1),
        der.sequence(der.sequence(der.oid(algorithmOid.sha256), der.null()), der.octets(hash)),
      )
    expect(parseTimeStampRequest(request(new Uint8Array(32))).certReq).toBe(false)
    expect(() => parseTimeStampRequest(request(new Uint8Array(31)))).toThrow(
      expect.objectContaining({ code: 'tsp.malformed' }),
    )
  })
})

describe('TSTInfo', () => {
  const messageImprint = { digestOid: algorithmOid.sha256, hash: new Uint8Array(32) }

  it('round-trips', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1n << 160n }),
        fc.option(fc.bigInt({ min: 0n, max: 1n << 64n }), { nil: undefined }),
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (serialNumber, nonce, date) => {
          const genTime = new Date(Math.floor(date.getTime() / 1000) * 1000)
          const info = parseTstInfo(
            encodeTstInfo({ policy: '1.2.3', messageImprint, serialNumber, genTime, nonce }),
          )
          expect(info).toMatchObject({
            policy: '1.2.3',
            serialNumber: serialNumber.toString(16),
            genTime,
            ordering: false,
          })
          expect(info.nonce).toBe(nonce)
        },
      ),
    )
  })

  it('reads accuracy, ordering and extensions, and refuses another version', () => {
    const imprint = der.sequence(
      der.sequence(der.oid(algorithmOid.sha256)),
      der.octets(new Uint8Array(32)),
    )
    const info = (version: number, ...rest: readonly Uint8Array[]) =>
      der.sequence(
        der.integer(version),
        der.oid('1.2.3'),
        imprint,
        der.integer(1),
        der.generalizedTime(new Date('2026-02-01T10:00:00Z')),
        ...rest,
      )
    const accuracy = der.sequence(
      der.integer(2),
      der.context(0, Uint8Array.of(5), { constructed: false }),
      der.context(1, Uint8Array.of(1), { constructed: false }),
    )
    const critical = der.context(1, [
      der.sequence(der.oid('1.2.3'), der.boolean(true), der.octets(new Uint8Array())),
    ])
    expect(
      parseTstInfo(info(1, accuracy, der.boolean(true), der.integer(9), critical)),
    ).toMatchObject({ accuracyMs: 2006, ordering: true, nonce: 9n, hasCriticalExtension: true })
    expect(() => parseTstInfo(info(2))).toThrow(expect.objectContaining({ code: 'tsp.malformed' }))
    expect(() => parseTstInfo(info(1, der.utf8('x')))).toThrow(
      expect.objectContaining({ code: 'asn1.unexpected-type' }),
    )
  })
})

describe('TimeStampResp', () => {
  it('carries a token when granted, a reason when not', async () => {
    const token = await stamp(pki.tsa, data)
    const granted = buildTimeStampResponse({ token })
    expect(parseTimeStampResponse(granted)).toMatchObject({ status: 'granted', failures: [] })
    expect(timeStampTokenOf(granted)).toEqual(token)
    const refused = buildTimeStampResponse({
      failure: 'unaccepted-policy',
      text: 'белгісіз саясат',
    })
    expect(parseTimeStampResponse(refused)).toEqual({
      status: 'rejection',
      statusTexts: ['белгісіз саясат'],
      failures: ['unaccepted-policy'],
      token: undefined,
    })
    expect(() => timeStampTokenOf(refused)).toThrow(
      expect.objectContaining({ code: 'tsp.no-token' }),
    )
  })

  it('that contradicts itself is refused', async () => {
    const token = await stamp(pki.tsa, data)
    const statusOf = (status: number) => der.sequence(der.integer(status))
    for (const bytes of [der.sequence(statusOf(0)), der.sequence(statusOf(2), token)]) {
      expect(() => parseTimeStampResponse(bytes)).toThrow(
        expect.objectContaining({ code: 'tsp.malformed' }),
      )
    }
  })
})

it('no octets make a reader throw anything but a PkiError', () => {
  const readers = [parseTimeStampRequest, parseTimeStampResponse, parseTstInfo]
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(2), (bytes, index) => {
      try {
        readers[index]?.(Uint8Array.of(0x30, bytes.length, ...bytes))
      } catch (error) {
        expect(isPkiError(error)).toBe(true)
      }
    }),
  )
})

describe.skipIf(!hasOpenssl)('OpenSSL as the peer', () => {
  const configuration = `[tsa]
default_tsa = t1
[t1]
serial = serial
default_policy = 1.2.3.4
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`
  it('makes tokens that we accept, and accepts ours', async () => {
    const room = openOpensslRoom()
    try {
      const request = buildTimeStampRequest({ data, digestOid: algorithmOid.sha256, nonce: 77n })
      room.write('q.tsq', request)
      room.write('data.bin', data)
      room.write('tsa.cnf', configuration)
      room.write('serial', '01\n')
      room.write('tsa.pem', writePem('CERTIFICATE', pki.tsa.certificate.bytes))
      room.write(
        'ca.pem',
        writePem('CERTIFICATE', pki.root.certificate.bytes) +
          writePem('CERTIFICATE', pki.authority.certificate.bytes),
      )
      const token = await stamp(pki.tsa, data)
      room.write('r.tsr', buildTimeStampResponse({ token }))
      const verify = ['ts', '-verify', '-data', 'data.bin', '-in', 'r.tsr', '-CAfile', 'ca.pem']
      expect(Buffer.from(room.run(...verify)).toString()).toContain('OK')
      room.write('data.bin', Uint8Array.of(...data, 0))
      expect(() => room.run(...verify)).toThrow()
    } finally {
      room.close()
    }
  })

  it('makes tokens with its own authority that we accept', async () => {
    const room = openOpensslRoom()
    try {
      room.write('tsa.cnf', configuration)
      room.write('serial', '01\n')
      room.write('data.bin', data)
      room.run(
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key'],
        ...['-out', 'tsa.pem', '-subj', '/CN=TEST OPENSSL TSA', '-days', '30'],
        ...['-addext', 'extendedKeyUsage=critical,timeStamping'],
      )
      const certificate = room.run('x509', '-in', 'tsa.pem', '-outform', 'DER')
      room.run('ts', '-query', '-data', 'data.bin', '-sha256', '-cert', '-out', 'q.tsq')
      room.run(
        ...['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'q.tsq', '-signer', 'tsa.pem'],
        ...['-inkey', 'tsa.key', '-out', 'r.tsr'],
      )
      const response = room.run('ts', '-reply', '-config', 'tsa.cnf', '-in', 'r.tsr', '-token_out')
      const authority = { ...pki.tsa, certificate: parseCertificate(certificate) }
      const { report } = await verifyTimeStamp({
        token: response,
        data,
        trust: trustIn(authority),
        policy: 'etsi-basic',
        now: new Date(),
      })
      expect(report.checks.filter(({ result }) => result !== 'passed')).toEqual([])
      expect(report).toMatchObject({ indication: 'TOTAL-PASSED', tsaPolicy: '1.2.3.4' })
    } finally {
      room.close()
    }
  })
})
