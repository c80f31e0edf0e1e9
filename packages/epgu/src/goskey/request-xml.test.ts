import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { validateXmlSchema } from '@muhr/pki'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildRequestXml } from './build-request-xml.ts'
import type { GoskeyRequest } from './request.ts'
import { requestSchema, signConfigSchema } from './schemas.ts'
import { goskeyServices } from './services.ts'
import { buildSignConfigXml, readSignConfigNames } from './sign-config.ts'
import { fixtures, request18, request19, testSnils } from './testing/requests.ts'
import { testNow } from './testing/test-pki.ts'

const build = (request: GoskeyRequest, documentNames = ['a.pdf', 'b c.txt']): Uint8Array =>
  buildRequestXml(request, { documentNames, sealedAt: testNow })

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

const requests: readonly (readonly [string, GoskeyRequest])[] = [
  ['a person, UNEP, 1.9', request19],
  ['a person, UKEP, 1.9', { ...request19, service: 'person-ukep' }],
  ['a person by OID', { ...request19, recipient: { kind: 'person', oid: '1000550738' } }],
  ['a person, Treasury', { ...request19, service: 'treasury-ukep' }],
  [
    'an organisation',
    {
      ...request19,
      service: 'organisation-ukep',
      recipient: { kind: 'russian-organisation', snils: testSnils, ogrn: '1027700132195' },
    },
  ],
  [
    'a foreign organisation',
    {
      ...request19,
      service: 'organisation-ukep',
      recipient: { kind: 'foreign-organisation', rafp: '12345678901', inn: '500100732259' },
    },
  ],
  ['a person, UNEP, 1.8', request18],
  ['a person, UKEP, 1.8', { ...request18, service: 'person-ukep' }],
  ['a person by OID, 1.8', { ...request18, recipient: { kind: 'person', oid: '1000550738' } }],
  [
    'a person by both, 1.8',
    { ...request18, recipient: { kind: 'person', oid: '1000550738', snils: testSnils } },
  ],
]

describe('req.xml', () => {
  it('of profile 1.9 has the octets of the text', () => {
    expect(textOf(build(request19))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<SignRequest xmlns="urn://mpkey.gosuslugi.ru/sign_document/1.0.0">
  <Snils>112-233-445 95</Snils>
  <Backlink>https://example.test/done?a=1&amp;b=2</Backlink>
  <SignExpiration>2026-06-02T11:00:00+03:00</SignExpiration>
  <Description>Договор 17 &lt;"&amp;"&gt; ]]&gt;</Description>
  <Attribute>
    <AttributeName>orgName</AttributeName>
    <AttributeValue>ООО "Пример &amp; Ко"</AttributeValue>
  </Attribute>
  <Attribute>
    <AttributeName>orgINN</AttributeName>
    <AttributeValue>7700000000</AttributeValue>
  </Attribute>
</SignRequest>
`)
  })

  it('of profile 1.8 has a block for each document', () => {
    const text = textOf(build(request18))
    expect([...text.matchAll(/<DocumentId>(.*)<\/DocumentId>/g)].map(([, id]) => id)).toEqual([
      'a.pdf',
      'b c.txt',
    ])
    expect(text).toContain('<MimeType>text/plain</MimeType>')
  })

  it('of profile 1.8 leads where its table says, unless told otherwise', () => {
    const { backlink: _, ...request } = request18
    const text = textOf(build(request))
    expect(text.match(/<Backlink>https:\/\/lk\.gosuslugi\.ru\/notifications</g)).toHaveLength(2)
    expect(
      textOf(build({ ...request, profile: '1.9', attributes: request19.attributes })),
    ).not.toContain('Backlink')
  })

  it.each(requests)('for %s keeps to its schema', async (_, request) => {
    const schema = requestSchema(request.service, request.profile)
    const document = build(request)
    expect(await validateXmlSchema({ document, schema })).toEqual([])
    const broken = Buffer.from(
      textOf(document).replace(/<SignExpiration>[^<]*/g, '<SignExpiration>'),
    )
    expect((await validateXmlSchema({ document: broken, schema })).length).toBeGreaterThan(0)
  })

  it('of another service breaks the schema at its first line of content', async () => {
    const schema = requestSchema('person-ukep', '1.9')
    expect(await validateXmlSchema({ document: build(request19), schema })).toMatchObject([
      { line: 2, column: 1, element: 'SignRequest' },
    ])
  })

  it('keeps any description that may be sent, to the letter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom('<', '>', '&', '"', "'", ']', ' ', '\n', '\r', 'ж', '😀'),
          minLength: 1,
          maxLength: 40,
        }),
        async (text) => {
          fc.pre(text.trim() !== '')
          const document = build({ ...request19, description: text })
          const schema = requestSchema('person-unep', '1.9')
          expect(await validateXmlSchema({ document, schema })).toEqual([])
          const { stdout } = spawnSync(
            'xmllint',
            ['--nonet', '--xpath', "string(//*[local-name()='Description'])", '-'],
            { input: document },
          )
          expect(stdout.toString('utf8').slice(0, -1)).toBe(text)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('that breaks a rule is not built', () => {
    expect(() => build({ ...request19, description: '' })).toThrow(
      expect.objectContaining({
        code: 'goskey.rules-broken',
        data: { violations: [{ rule: 'description-missing', field: 'Description' }] },
      }),
    )
  })
})

describe('sign_config.xml', () => {
  const config = {
    documentName: 'a & b.xml',
    documentDescription: 'Договор',
    signatures: [{ name: 'a & b.xml.sig', description: 'Продавец' }, { name: 'buyer.sig' }],
  }

  it('keeps to its schema, and its names are read back', async () => {
    const document = buildSignConfigXml(config)
    expect(await validateXmlSchema({ document, schema: signConfigSchema })).toEqual([])
    expect(readSignConfigNames(document)).toEqual({
      documentName: 'a & b.xml',
      signatureNames: ['a & b.xml.sig', 'buyer.sig'],
    })
  })
})

const hasFixtures = existsSync(fixtures)
const fixture = (name: string): Uint8Array => readFileSync(join(fixtures, name))

describe.skipIf(!hasFixtures)('the published schemas (fixtures)', () => {
  it('take what we write in profile 1.8 for a person named by both', async () => {
    const both = requests.find(([name]) => name === 'a person by both, 1.8')?.[1] ?? request18
    const schema = fixture('goskey-v1.8-sign_document.xsd')
    expect(await validateXmlSchema({ document: build(both), schema })).toEqual([])
  })

  it('are broken by their own example, as ours are, in the line of OID', async () => {
    const document = fixture('goskey-v1.8-req-example.xml')
    for (const schema of [
      fixture('goskey-v1.8-sign_document.xsd'),
      requestSchema('person-unep', '1.8'),
    ]) {
      expect(await validateXmlSchema({ document, schema })).toMatchObject([
        { kind: 'schema', line: 4, column: 2, element: 'OID' },
      ])
    }
  })

  it('of sign_config take what we write, and ours takes their example', async () => {
    const ours = buildSignConfigXml({ documentName: 'a.xml', signatures: [{ name: 'a.xml.sig' }] })
    const schema = fixture('sign_config.xsd')
    expect(await validateXmlSchema({ document: ours, schema })).toEqual([])
    const example = fixture('sign_config-example.xml')
    expect(await validateXmlSchema({ document: example, schema: signConfigSchema })).toEqual([])
    expect(readSignConfigNames(example)).toEqual({
      documentName: 'edkpXml.xml',
      signatureNames: ['edkpXmlSellerSign.sig', 'edkpXmlBuyerSign.sig'],
    })
  })
})

describe.skipIf(spawnSync('xmllint', ['--version']).error !== undefined)('xmllint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muhr-goskey-'))
  const validate = (document: Uint8Array, schema: Uint8Array): number | null => {
    writeFileSync(join(folder, 's.xsd'), schema)
    writeFileSync(join(folder, 'd.xml'), document)

    return spawnSync('xmllint', ['--nonet', '--noout', '--schema', 's.xsd', 'd.xml'], {
      cwd: folder,
    }).status
  }

  it('reads every schema of ours, and finds valid what we write', () => {
    try {
      for (const [, request] of requests) {
        expect(validate(build(request), requestSchema(request.service, request.profile))).toBe(0)
      }
      const [person, organisation] = [
        requestSchema('person-unep', '1.9'),
        requestSchema('organisation-ukep', '1.9'),
      ]
      expect(validate(build(request19), organisation)).not.toBe(0)
      expect(validate(build(request18), person)).not.toBe(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('has nothing that two services share but the table', () => {
    const namespaces = Object.values(goskeyServices).map(({ namespace }) => namespace)
    expect(new Set(namespaces).size).toBe(namespaces.length)
  })
})
