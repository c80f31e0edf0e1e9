import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import { fixtureCertificate, hasFixtures } from '../test-support/fixtures.ts'
import { issueTest, testKey } from '../test-support/test-ca.ts'
import { buildExtension, extension } from './build-extension.ts'
import { extensionOid } from './oids.ts'
import { russianFacts } from './russian-facts.ts'

const key = testKey('ru', 'ru-2012-256')

const factsOf = async (...extensions: readonly Uint8Array[]) =>
  russianFacts((await issueTest({ key, extensions })).certificate)

const policies = (...oids: readonly string[]) =>
  extension.certificatePolicies(oids.map((oid) => ({ oid })))

describe('russianFacts', () => {
  it('reads tools, identification and classes', async () => {
    expect(
      await factsOf(
        policies('1.2.643.100.113.2', '1.2.643.100.113.1', '1.2.643.100.114.3', '2.5.29.32.0'),
        buildExtension(extensionOid.ruSubjectSignTool, der.utf8('Средство')),
        buildExtension(
          extensionOid.ruIssuerSignTool,
          der.sequence(...['А', 'Б', 'В', 'Г'].map(der.utf8)),
        ),
        buildExtension(extensionOid.ruIdentificationKind, der.integer(1)),
      ),
    ).toEqual({
      subjectSignTool: 'Средство',
      issuerSignTool: {
        signTool: 'А',
        caTool: 'Б',
        signToolCertificate: 'В',
        caToolCertificate: 'Г',
      },
      identificationKind: 1,
      toolClasses: ['KC1', 'KC2'],
      caToolClasses: ['KC3'],
      malformed: [],
    })
  })

  it('names what it cannot read, such as two tools swapped', async () => {
    expect(
      await factsOf(
        buildExtension(extensionOid.ruIssuerSignTool, der.utf8('Средство')),
        buildExtension(
          extensionOid.ruSubjectSignTool,
          der.sequence(...['А', 'Б', 'В', 'Г'].map(der.utf8)),
        ),
        buildExtension(extensionOid.ruIdentificationKind, der.null()),
      ),
    ).toEqual({
      toolClasses: [],
      caToolClasses: [],
      malformed: [
        extensionOid.ruIssuerSignTool,
        extensionOid.ruSubjectSignTool,
        extensionOid.ruIdentificationKind,
      ],
    })
  })

  it('takes no class from an arc beside', async () => {
    const facts = await factsOf(
      policies('1.2.643.100.113.7', '1.2.643.100.113', '1.2.643.100.1131'),
    )
    expect(facts.toolClasses).toEqual([])
  })
})

describe.skipIf(!hasFixtures('ru/authority/anchors'))('real certificates of Russia', () => {
  it('of an accredited authority name both tools and the classes', () => {
    const facts = russianFacts(fixtureCertificate('ru/authority/anchors/ca-fns-2025-04-17.der'))
    expect(facts.subjectSignTool).toBeTypeOf('string')
    expect(facts.issuerSignTool?.caTool).toBeTypeOf('string')
    expect(facts.toolClasses).toContain('KC1')
    expect(facts.malformed).toEqual([])
  })
})
