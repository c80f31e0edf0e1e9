import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  annexBytes,
  contractBytes,
  replyJson,
  testNow,
  testSession,
  withToken,
} from '../testing.ts'
import {
  base64,
  container,
  documentOf,
  fileOf,
  outcome,
  type PhoneJson,
  put,
  read,
  signedJson,
} from './phone-testing.ts'
import { readPut } from './read-put.ts'

describe('a signed PUT', () => {
  test('gives a container for each document, by our ids', async () => {
    const reading = await read(await signedJson(testSession()))

    expect(reading).toMatchObject({
      kind: 'signed',
      locale: 'ru',
      signatures: [
        { documentId: 1, bytes: container(1), spelling: 'base64' },
        { documentId: 2, bytes: container(2), spelling: 'base64' },
      ],
      differences: [],
    })
  })

  test.each(['CMS_WITH_DATA', 'CMS_SIGN_ONLY'] as const)('%s', async (signMethod) => {
    const session = testSession({ signMethod })

    expect(await read(await signedJson(session), session)).toMatchObject({ kind: 'signed' })
  })

  test('trap 11: line breaks, PEM with CRLF and data: URLs are read', async () => {
    const text = await signedJson(testSession(), (json) => {
      fileOf(json, 0).data =
        `-----BEGIN CMS-----\r\n${base64(container(1))}\r\n-----END CMS-----\r\n`
      fileOf(json, 1).data = `data:application/cms;base64,${base64(container(2))}`
    })

    expect(await read(text)).toMatchObject({
      kind: 'signed',
      signatures: [
        { bytes: container(1), spelling: 'pem' },
        { bytes: container(2), spelling: 'data-url' },
      ],
    })
  })

  test('key order, order of documents, unknown fields and `\\/` do not matter', async () => {
    const large = new Uint8Array(40_000).fill(0xff)
    const text = await signedJson(testSession(), (json) => {
      json.documentsToSign.reverse()
      fileOf(json, 0).data = base64(large)
      documentOf(json, 0).device = { model: 'x', list: [1, null, true] }
      json.status = 'SIGNED'
    })
    const reordered = JSON.stringify(
      Object.fromEntries(Object.entries(JSON.parse(text)).reverse()),
      undefined,
      2,
    ).replaceAll('/', '\\/')

    const reading = await read(reordered)

    expect(await outcome(reading)).toEqual({ kind: 'signed', differences: [] })
    expect(reading).toMatchObject({ signatures: [{ documentId: 1 }, { bytes: large }] })
  })

  test('changed names, meta, mime and version are told, not refused', async () => {
    const text = await signedJson(testSession(), (json) => {
      json.version = 2
      documentOf(json, 0).nameKz = 'Басқа'
      documentOf(json, 0).meta = [{ name: 'Дата создания', value: '1999-01-01' }]
      fileOf(json, 1).mime = 'application/pdf'
      documentOf(json, 1).meta = []
      delete documentOf(json, 1).nameRu
    })

    expect(await outcome(await read(text))).toEqual({
      kind: 'signed',
      differences: [
        { field: 'version' },
        { documentId: 1, field: 'nameKz' },
        { documentId: 1, field: 'meta' },
        { documentId: 2, field: 'nameRu' },
        { documentId: 2, field: 'mime' },
      ],
    })
  })

  test('names beyond the length kept as text are compared as well', async () => {
    const [first] = testSession().documents
    if (first === undefined) throw new Error('the session has a document')
    const long = 'Ұзақ атау '.repeat(4000)
    const session = testSession({
      documents: [{ ...first, names: { ...first.names, nameKz: long } }],
    })

    expect(await outcome(await read(await signedJson(session), session))).toEqual({
      kind: 'signed',
      differences: [],
    })
  })
})

describe('a PUT that is not what was sent', () => {
  test.each<[string, (json: PhoneJson) => void, object]>([
    [
      'changed id',
      (json) => {
        documentOf(json, 1).id = 7
      },
      { status: 403, refusal: 'documents-changed', reason: 'extra-id' },
    ],
    [
      'trap 2: string id',
      (json) => {
        documentOf(json, 0).id = '1'
      },
      { status: 403, refusal: 'documents-changed', reason: 'not-an-integer' },
    ],
    [
      'fractional id',
      (json) => {
        documentOf(json, 0).id = 1.5
      },
      { status: 403, refusal: 'documents-changed', reason: 'not-an-integer' },
    ],
    [
      'missing document',
      (json) => {
        json.documentsToSign.pop()
      },
      { status: 403, refusal: 'documents-changed', reason: 'missing-id', documentId: 2 },
    ],
    [
      'no documents',
      (json) => {
        json.documentsToSign = []
      },
      { status: 403, refusal: 'documents-changed', reason: 'missing-id', documentId: 1 },
    ],
    [
      'duplicate document',
      (json) => {
        documentOf(json, 1).id = 1
      },
      { status: 403, refusal: 'documents-changed', reason: 'duplicate-id' },
    ],
    [
      'one document more',
      (json) => {
        json.documentsToSign.push({ ...documentOf(json, 0), id: 3 })
      },
      { status: 403, refusal: 'documents-changed', reason: 'extra-id' },
    ],
    [
      'another sign method',
      (json) => {
        json.signMethod = 'CMS_WITH_DATA'
      },
      { status: 403, refusal: 'sign-method-changed', reason: 'different' },
    ],
    [
      'trap 1: sign method in another case',
      (json) => {
        json.signMethod = 'cms_sign_only'
      },
      { status: 403, refusal: 'sign-method-changed', reason: 'different' },
    ],
    [
      'data that is not base64',
      (json) => {
        fileOf(json, 1).data = 'қолтаңба'
      },
      { status: 403, refusal: 'signature-unreadable', reason: 'unreadable', documentId: 2 },
    ],
    [
      'empty data',
      (json) => {
        fileOf(json, 0).data = ''
      },
      { status: 403, refusal: 'signature-missing', reason: 'no-data', documentId: 1 },
    ],
    [
      'no data',
      (json) => {
        delete fileOf(json, 0).data
      },
      { status: 403, refusal: 'signature-missing', reason: 'no-data', documentId: 1 },
    ],
    [
      'trap 2: `documentCms` in place of `document.file.data`',
      (json) => {
        documentOf(json, 0).documentCms = fileOf(json, 0).data
        delete documentOf(json, 0).document
      },
      { status: 403, refusal: 'signature-missing', reason: 'no-data', documentId: 1 },
    ],
    [
      'data as an object (SIGN_BYTES_ARRAY gone wrong)',
      (json) => {
        fileOf(json, 0).data = { signature: 'AAAA' }
      },
      { status: 403, refusal: 'signature-missing', reason: 'no-data', documentId: 1 },
    ],
    [
      'trap 14: documentsToSign in another case',
      (json) => {
        json.documentstosign = json.documentsToSign
        Reflect.deleteProperty(json, 'documentsToSign')
      },
      { status: 400, refusal: 'malformed-body', reason: 'not-an-array' },
    ],
    [
      'a document that is no object',
      (json) => {
        Object.assign(json, { documentsToSign: [1, documentOf(json, 1)] })
      },
      { status: 400, refusal: 'malformed-body', reason: 'not-an-object' },
    ],
  ])('%s', async (_name, change, expected) => {
    expect(await outcome(await read(await signedJson(testSession(), change)))).toEqual(expected)
  })

  test('the unsigned original sent back is no signature', async () => {
    for (const change of [
      (json: PhoneJson) => {
        fileOf(json, 0).data = base64(contractBytes)
      },
      (json: PhoneJson) => {
        fileOf(json, 0).data = base64(contractBytes).replace(/.{40}/g, '$&\n')
      },
    ]) {
      expect(await outcome(await read(await signedJson(testSession(), change)))).toEqual({
        status: 403,
        refusal: 'signature-missing',
        reason: 'unsigned',
        documentId: 1,
      })
    }
  })

  test('something of the same length as the original is left to the verifier', async () => {
    const text = await signedJson(testSession(), (json) => {
      fileOf(json, 1).data = base64(annexBytes.map((byte) => byte ^ 1))
    })

    expect(await read(text)).toMatchObject({ kind: 'signed' })
  })

  test.each([
    ['', 400],
    ['null', 400],
    ['[]', 400],
    ['{', 400],
    ['[[[[[[[[[[[[[[[[[[[[', 400],
    ['{"signMethod":"CMS_SIGN_ONLY"}', 400],
  ])('broken body %j: %i', async (text, status) => {
    expect(await outcome(await read(text))).toMatchObject({ status, refusal: 'malformed-body' })
  })

  test('a body cut off at any byte is 400, and never a signature', async () => {
    const bytes = new TextEncoder().encode(await signedJson(testSession()))

    for (let length = 0; length < bytes.length; length += 1) {
      const request = { method: 'PUT', headers: withToken, body: bytes.subarray(0, length) }

      expect(await readPut(testSession(), request, { now: testNow })).toMatchObject({
        refusal: 'malformed-body',
        reply: { status: 400 },
      })
    }
  })

  test('a second member of the same name cannot hide the first', async () => {
    const text = (await signedJson(testSession())).replace('"id":1,', '"id":1,"id":2,')

    expect(await outcome(await read(text))).toMatchObject({ status: 400 })
  })

  test('no body whatever makes the reader throw or answer with a server error', async () => {
    const valid = await signedJson(testSession())

    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 80 }),
          fc.jsonValue().map((value) => new TextEncoder().encode(JSON.stringify(value))),
          fc
            .tuple(fc.nat(valid.length - 1), fc.string({ maxLength: 4 }))
            .map(([at, patch]) =>
              new TextEncoder().encode(valid.slice(0, at) + patch + valid.slice(at + patch.length)),
            ),
        ),
        async (body) => {
          const request = { method: 'PUT', headers: withToken, body }
          const reading = await readPut(testSession(), request, { now: testNow })

          if (reading.kind !== 'signed') expect(reading.reply.status).toBeLessThan(500)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('cancellation', () => {
  test('status CANCELED with the unsigned original is a refusal by the signer', async () => {
    const text = await signedJson(testSession(), (json) => {
      json.status = 'CANCELED'
      fileOf(json, 0).data = base64(contractBytes)
    })
    const reading = await read(text)

    expect(await outcome(reading)).toEqual({ kind: 'canceled', status: 200 })
    if (reading.kind !== 'canceled') throw new Error('a cancellation')
    expect(await replyJson(reading.reply)).toEqual({ message: 'canceled' })
  })

  test('is never a signature, whatever came with it', async () => {
    const text = await signedJson(testSession(), (json) => {
      json.status = 'CANCELED'
    })

    expect(await read(text)).toMatchObject({ kind: 'canceled' })
    expect(await read('{"status":"CANCELED"}')).toMatchObject({ kind: 'canceled' })
  })

  test('has one spelling', async () => {
    const text = await signedJson(testSession(), (json) => {
      json.status = 'canceled'
    })

    expect(await read(text)).toMatchObject({ kind: 'signed' })
  })

  test('may be answered 400', async () => {
    const reading = await readPut(testSession(), put('{"status":"CANCELED"}'), {
      now: testNow,
      cancelStatus: 400,
    })

    expect(reading).toMatchObject({ kind: 'canceled', reply: { status: 400 } })
  })

  test('needs the token', async () => {
    const reading = await readPut(testSession(), put('{"status":"CANCELED"}', {}), { now: testNow })

    expect(reading).toMatchObject({ refusal: 'unauthenticated', reply: { status: 401 } })
  })
})
