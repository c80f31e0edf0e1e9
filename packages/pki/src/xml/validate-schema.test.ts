import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { validateXmlSchema } from './index.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t"
  elementFormDefault="qualified">
  <xs:element name="list"><xs:complexType><xs:sequence>
    <xs:element name="item" maxOccurs="3"><xs:complexType><xs:sequence>
      <xs:element name="code"><xs:simpleType><xs:restriction base="xs:string">
        <xs:pattern value="[0-9]{3}"/></xs:restriction></xs:simpleType></xs:element>
      <xs:element name="day" type="xs:date" minOccurs="0"/>
    </xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`

const faultsOf = (document: string) =>
  validateXmlSchema({ document: octets(document), schema: octets(schema) })

const placesOf = async (document: string): Promise<readonly string[]> =>
  (await faultsOf(document)).map(({ line, column, element }) => `${line}:${column} ${element}`)

describe('a document under a schema', () => {
  it('that is valid has no faults', async () => {
    expect(
      await faultsOf('<list xmlns="urn:t"><item n="1"><code>123</code></item></list>'),
    ).toEqual([])
  })

  it('shows every fault at the line and column of its element', async () => {
    expect(
      await placesOf(`<?xml version="1.0" encoding="UTF-8"?>
<!-- <item> in a comment --><list xmlns="urn:t">
  <item n="a>b"><code>123</code></item> <item><code>12</code>
    <day>today</day></item>
  <other><![CDATA[<item>]]></other>
</list>`),
    ).toEqual(['3:3 item', '3:47 code', '4:5 day', '5:3 other'])
  })

  it('is counted from the declaration when it stands in the first line', async () => {
    const rest = '<p:list xmlns:p="urn:t"><p:item><p:code>1</p:code></p:item></p:list>'
    expect(await placesOf(rest)).toEqual(['1:33 code'])
    expect(await placesOf(`<?xml version="1.0"?>${rest}`)).toEqual(['1:54 code'])
    expect(await placesOf(`<?xml version="1.0"\n ?>${rest}`)).toEqual(['2:36 code'])
  })

  it('counts elements of one name where they have a prefix', async () => {
    const item = (code: string) => `<p:item><p:code>${code}</p:code></p:item>`
    expect(
      await placesOf(`<p:list xmlns:p="urn:t">\n${item('123')}\n${item('1')}\n</p:list>`),
    ).toEqual(['3:9 code'])
  })

  it.each([
    ["it's' is not 1", 'code'],
    ['000-729-729 38', 'code'],
    ['000-729-729 38', 'day'],
    ["x' is not a valid value", 'day'],
  ])('never has its values in a message: %j as %s', async (value, element) => {
    const [first = '', ...rest] = (
      await faultsOf(
        `<list xmlns="urn:t"><item><code>${element === 'code' ? value : '123'}</code>${
          element === 'day' ? `<day>${value}</day>` : ''
        }</item></list>`,
      )
    ).map(({ message }) => message)
    expect(rest).toEqual([])
    expect(first).not.toContain(value)
    expect(first).not.toContain("it's")
    expect(first).toMatch(/^(\[facet 'pattern'\] )?The value is not /)
  })

  it.each([
    ['<list xmlns="urn:t"><item><code>12</code></item></list>', ['value-pattern code']],
    ['<list xmlns="urn:t"><item><code>123</code><day>x</day></item></list>', ['value-type day']],
    ['<list xmlns="urn:t"><item n="x"><code>123</code></item></list>', ['value-type item@n']],
    [
      '<list xmlns="urn:t"><item m="1"><code>123</code></item></list>',
      ['attribute-not-allowed item@m'],
    ],
    ['<list xmlns="urn:t"><item/></list>', ['element-content item']],
    ['<list xmlns="urn:t"><other/></list>', ['element-content other']],
    ['<list xmlns="urn:t">text<item><code>123</code></item></list>', ['text-not-allowed list']],
    [
      '<list xmlns="urn:t"><item><code><x/></code></item></list>',
      ['element-not-allowed code', 'value-pattern code'],
    ],
    ['<other/>', ['root-unknown other']],
    ['<list xmlns="urn:t"><item></list>', ['tag-mismatch undefined']],
    ['<list', ['tag-unfinished undefined']],
    ['<list a="1" a="2"/>', ['attribute-twice undefined']],
    ['<p:list/>', ['prefix-unknown undefined']],
    ['<list/>after', ['document-continues undefined']],
  ])('is told what is wrong in a word: %j', async (document, expected) => {
    expect(
      (await faultsOf(document)).map(
        ({ code, element, attribute }) =>
          `${code} ${element}${attribute === undefined ? '' : `@${attribute}`}`,
      ),
    ).toEqual(expected)
  })

  it('that is not well-formed shows where it breaks', async () => {
    expect(await faultsOf('<list xmlns="urn:t">\n  <item></list>')).toMatchObject([
      { kind: 'not-well-formed', line: 2 },
    ])
    expect(await faultsOf('<list xmlns="urn:t">\n  <item')).toMatchObject([
      { kind: 'not-well-formed', line: 2 },
    ])
  })

  it.each([
    ['a document type', '<!DOCTYPE list [<!ENTITY a "b">]><list xmlns="urn:t"/>', 'xml.doctype'],
    ['an entity', '<list xmlns="urn:t">&a;</list>', 'xml.entity'],
    ['a depth without end', '<a>'.repeat(200) + '</a>'.repeat(200), 'xml.too-deep'],
  ])('with %s is refused', async (_, document, code) => {
    await expect(faultsOf(document)).rejects.toMatchObject({ code })
  })
})

describe('a schema', () => {
  it('that cannot be used is refused; nothing is fetched for an import', async () => {
    const importing = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:o">
  <xs:import namespace="urn:o" schemaLocation="file:///etc/passwd"/>
  <xs:element name="a" type="o:b"/></xs:schema>`
    await expect(
      validateXmlSchema({ document: octets('<a/>'), schema: octets(importing) }),
    ).rejects.toMatchObject({ code: 'xml.bad-schema', data: { line: 3 } })
  })
})

describe.skipIf(spawnSync('xmllint', ['--version']).error !== undefined)('xmllint', () => {
  it('finds the same documents valid and invalid', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muhr-xsd-'))
    try {
      writeFileSync(join(folder, 's.xsd'), schema)
      const codes = ['123', '1234', '', 'abc']
      const verdicts = codes.map((code) => {
        const document = `<list xmlns="urn:t"><item><code>${code}</code></item></list>`
        writeFileSync(join(folder, 'd.xml'), document)
        const { status } = spawnSync(
          'xmllint',
          ['--nonet', '--noout', '--schema', 's.xsd', 'd.xml'],
          { cwd: folder },
        )

        return { document, isValid: status === 0 }
      })
      expect(verdicts.filter(({ isValid }) => isValid)).toHaveLength(1)
      for (const { document, isValid } of verdicts) {
        expect((await faultsOf(document)).length === 0).toBe(isValid)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
