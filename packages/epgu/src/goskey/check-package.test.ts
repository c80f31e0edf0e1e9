import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSignedData } from '@muhr/pki'
import { inMemory, packZip, readZip } from '@muhr/zip'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildPackage, type MoreSignatures, packSigned } from './build-package.ts'
import { checkPackage, goskeyPackageRules, type PackageRules } from './check-package.ts'
import { documentOf } from './documents.ts'
import { pdf, request19, txt } from './testing/requests.ts'
import {
  collect,
  signDetached,
  signerOf,
  type TestIdentity,
  testNow,
  testPki,
} from './testing/test-pki.ts'

const limits = { entries: 100, totalBytes: 2 ** 28, ratio: 100 } as const
const rules = goskeyPackageRules('person-unep', { profile: '1.9' })

type Files = Map<string, Uint8Array>

let sender: TestIdentity

beforeAll(async () => {
  sender = await (await testPki()).issue([['CN', 'ООО Пример']])
})

async function build(moreSignatures?: MoreSignatures): Promise<Uint8Array> {
  const zip = await buildPackage({
    request: request19,
    documents: [pdf('a.pdf'), txt('b.txt', 'Текст')],
    sealedAt: testNow,
    sign: signerOf(sender),
    ...(moreSignatures === undefined ? {} : { moreSignatures }),
  })

  return collect(zip.open())
}

/** A package, its files changed and packed again; every broken rule with its field. */
async function rulesAfter(
  edit: (files: Files) => void | Promise<void>,
  { more, under = rules }: { readonly more?: MoreSignatures; readonly under?: PackageRules } = {},
): Promise<readonly string[]> {
  const files = new Map(readZip(await build(more), { limits }))
  await edit(files)
  const zip = packZip([...files].map(([path, bytes]) => ({ path, bytes })))
  const { violations } = await checkPackage(inMemory(zip), under)

  return violations.map(({ rule, field }) => `${rule} ${field}`)
}

/** Puts a file with its right signature into a package. */
async function put(files: Files, name: string, bytes: Uint8Array): Promise<void> {
  files.set(name, bytes)
  files.set(`${name}.sig`, await signDetached(sender, bytes))
}

const text = (value: string): Uint8Array => Buffer.from(value)
const requestOf = (files: Files): string => Buffer.from(files.get('req.xml') ?? []).toString()

describe('a package that Muhr built', () => {
  it('breaks no rule, and its files are named by what they are', async () => {
    const check = await checkPackage(inMemory(await build()), rules)
    expect(check.violations).toEqual([])
    expect(check.files.map(({ name, role }) => `${role} ${name}`)).toEqual([
      'request req.xml',
      'signature req.xml.sig',
      'document a.pdf',
      'signature a.pdf.sig',
      'document b.txt',
      'signature b.txt.sig',
    ])
  })

  it('may be packed again with compression', async () => {
    expect(await rulesAfter(() => undefined)).toEqual([])
    const folder = mkdtempSync(join(tmpdir(), 'muhr-check-'))
    try {
      for (const [name, bytes] of readZip(await build(), { limits })) {
        writeFileSync(join(folder, name), bytes)
      }
      const { status, error } = spawnSync('sh', ['-c', 'zip -q -9 p.zip *'], { cwd: folder })
      if (error === undefined && status === 0) {
        const zip = readFileSync(join(folder, 'p.zip'))
        expect((await checkPackage(inMemory(zip), rules)).violations).toEqual([])
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('the archive', () => {
  it.each([
    ['no zip', text('hello'), 'archive-unreadable archive'],
    ['an empty file', new Uint8Array(), 'archive-unreadable archive'],
  ])('that is %s is told alone', async (_, zip, expected) => {
    const { violations, files } = await checkPackage(inMemory(zip), rules)
    expect(violations.map(({ rule, field }) => `${rule} ${field}`)).toEqual([expected])
    expect(files).toEqual([])
  })

  it('that is too large to be sent is told', async () => {
    const zip = await build()
    const { violations } = await checkPackage(inMemory(zip), {
      ...rules,
      archiveBytes: zip.byteLength - 1,
    })
    expect(violations.map(({ rule }) => rule)).toEqual(['archive-size'])
  })

  it('has no folders and no two names that are one', async () => {
    expect(
      await rulesAfter(async (files) => {
        await put(files, 'in/c.pdf', text('%PDF-'))
        await put(files, 'A.pdf', text('%PDF-'))
        files.set('../d', text('x'))
      }),
    ).toEqual([
      'archive-not-flat in/c.pdf',
      'archive-not-flat in/c.pdf.sig',
      'name-duplicate A.pdf',
      'name-duplicate A.pdf.sig',
      'archive-entry ../d',
    ])
  })

  it('with a file whose checksum is wrong says which', async () => {
    const zip = Buffer.from(await build())
    zip.writeUInt8(0x58, zip.indexOf('Текст'))
    const { violations } = await checkPackage(inMemory(zip), rules)
    expect(violations).toContainEqual({
      rule: 'archive-entry',
      field: 'b.txt',
      detail: 'zip.checksum-mismatch',
    })
  })
})

describe('a package with octets changed', () => {
  it('is always judged, never an error', async () => {
    const zip = await build()
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: zip.byteLength - 1 }),
            fc.integer({ min: 0, max: 255 }),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        fc.boolean(),
        async (changes, isCut) => {
          const changed = Buffer.from(zip)
          for (const [at, octet] of changes) {
            changed.writeUInt8(octet, at)
          }
          const given = isCut ? changed.subarray(0, changes[0]?.[0]) : changed
          const { violations } = await checkPackage(inMemory(given), rules)
          if (isCut) {
            expect(violations).toMatchObject([{ rule: 'archive-unreadable' }])
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('the request file', () => {
  it('is looked at beyond its schema, which has to find it valid first', async () => {
    const under = goskeyPackageRules('person-unep', {
      profile: '1.9',
      sentAt: new Date(testNow.getTime() + 24 * 3_600_000),
    })
    const change = (from: string, to: string) => async (files: Files) =>
      put(files, 'req.xml', text(requestOf(files).replace(from, to)))
    expect(await rulesAfter(change('445 95', '445 96'), { under })).toEqual([
      'snils-check-digit Snils',
      'expiration-past SignExpiration',
    ])
    expect(await rulesAfter(change('112-233-445 95', '11223344596'), { under })).toEqual([
      'request-schema req.xml',
    ])
  })

  const replaced = (from: string | RegExp, to: string) =>
    rulesAfter((files) => put(files, 'req.xml', text(requestOf(files).replace(from, to))))

  it('is there under exactly its name', async () => {
    expect(
      await rulesAfter(async (files) => {
        await put(files, 'Req.xml', text(requestOf(files)))
        files.delete('req.xml')
        files.delete('req.xml.sig')
      }),
    ).toEqual(['request-missing req.xml', 'name-reserved Req.xml'])
  })

  it.each([
    ['of another service', 'sign_document/', 'sign_document_ukep/', 'request-namespace req.xml'],
    ['without an element', /<SignExp.*\n/, '', 'request-schema req.xml'],
    ['with a SNILS of digits', /112-233-445 95/, '11223344595', 'request-schema req.xml'],
    ['with a tag left open', '</Description>', '', 'request-unreadable req.xml'],
    [
      'with a document type',
      '<SignRequest',
      '<!DOCTYPE a><SignRequest',
      'request-unreadable req.xml',
    ],
  ])('is told %s', async (_, from, to, expected) => {
    expect(await replaced('nothing', '')).toEqual([])
    expect(await replaced(from, to)).toEqual([expected])
  })

  it('shows line and column, and not what stands there', async () => {
    const files = new Map(readZip(await build(), { limits }))
    const document = text(requestOf(files).replace('112-233-445 95', '11223344595'))
    await put(files, 'req.xml', document)
    const zip = packZip([...files].map(([path, bytes]) => ({ path, bytes })))
    const { violations } = await checkPackage(inMemory(zip), rules)
    expect(violations).toMatchObject([{ line: 3, column: 3, field: 'req.xml' }])
    expect(JSON.stringify(violations)).not.toContain('11223344595')
  })
})

describe('documents', () => {
  it('keep to the limits of the service', async () => {
    expect(
      await rulesAfter(async (files) => {
        await put(files, 'договор.pdf', text('%PDF-'))
        await put(files, 'c.doc', text('x'))
        await put(files, 'd.pdf', text('MZ'))
      }),
    ).toEqual(['name-characters договор.pdf', 'type-extension c.doc', 'type-content d.pdf'])
  })

  it('are fifteen at most', async () => {
    expect(
      await rulesAfter(async (files) => {
        for (let index = 0; index < 14; index += 1) {
          await put(files, `doc${index}.pdf`, text('%PDF-'))
        }
      }),
    ).toEqual(['documents-count documents'])
  })
})

describe('signatures', () => {
  it('stand beside every file, req.xml as well', async () => {
    expect(
      await rulesAfter((files) => {
        files.delete('req.xml.sig')
        files.delete('b.txt.sig')
      }),
    ).toEqual(['signature-missing req.xml.sig', 'signature-missing b.txt.sig'])
  })

  it('that stand beside nothing are told', async () => {
    expect(
      await rulesAfter((files) => void files.set('c.pdf.sig', files.get('a.pdf.sig') ?? text(''))),
    ).toEqual(['signature-orphan c.pdf.sig'])
  })

  it('are made over the file that they stand beside', async () => {
    expect(
      await rulesAfter((files) => void files.set('a.pdf.sig', files.get('b.txt.sig') ?? text(''))),
    ).toEqual(['signature-wrong a.pdf.sig'])
  })

  it('are CMS, and do not hold the file', async () => {
    expect(await rulesAfter((files) => void files.set('a.pdf.sig', text('x')))).toEqual([
      'signature-unreadable a.pdf.sig',
    ])
    expect(
      await rulesAfter(async (files) => {
        files.set(
          'a.pdf.sig',
          await createSignedData({
            content: files.get('a.pdf') ?? text(''),
            form: 'attached',
            signers: [{ ...sender, signingTime: testNow }],
          }),
        )
      }),
    ).toEqual(['signature-attached a.pdf.sig'])
  })
})

describe('sign_config.xml', () => {
  const withBuyer = async (): Promise<MoreSignatures> => {
    const document = pdf('a.pdf').open() as Iterable<Uint8Array>

    return {
      documentName: 'a.pdf',
      signatures: [
        { name: 'buyer.sig', bytes: await signDetached(sender, Buffer.concat([...document])) },
      ],
    }
  }
  const configOf = (files: Files): string =>
    Buffer.from(files.get('sign_config.xml') ?? []).toString()

  it('names signatures that are there and made over the document', async () => {
    const more = await withBuyer()
    expect(await rulesAfter(() => undefined, { more })).toEqual([])
    expect(await rulesAfter((files) => void files.delete('buyer.sig'), { more })).toEqual([
      'signature-missing buyer.sig',
    ])
    expect(
      await rulesAfter((files) => void files.set('buyer.sig', files.get('b.txt.sig') ?? text('')), {
        more,
      }),
    ).toEqual(['signature-wrong buyer.sig'])
  })

  it('may spell its names as CDATA, with references and comments', async () => {
    const change = (files: Files) =>
      put(
        files,
        'sign_config.xml',
        text(
          configOf(files)
            .replace('>a.pdf<', '><![CDATA[a.pdf]]><')
            .replace('>buyer.sig<', '>buy<!-- x -->er&#46;sig<'),
        ),
      )
    expect(await rulesAfter(change, { more: await withBuyer() })).toEqual([])
  })

  it.each([
    ['another element', 'signFileName', 'name', 'sign-config-schema sign_config.xml'],
    ['a document that is not there', '>a.pdf<', '>z.pdf<', 'sign-config-file-missing z.pdf'],
    ['a tag left open', '</signData>', '', 'sign-config-unreadable sign_config.xml'],
  ])('is refused with %s', async (_, from, to, expected) => {
    const found = await rulesAfter(
      (files) => put(files, 'sign_config.xml', text(configOf(files).replaceAll(from, to))),
      { more: await withBuyer() },
    )
    expect(found[0]).toBe(expected)
  })
})

describe('another service', () => {
  const schema = text(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="Order"><xs:complexType><xs:sequence>
    <xs:element name="orderId" type="xs:positiveInteger"/>
  </xs:sequence></xs:complexType></xs:element></xs:schema>`)
  const own: PackageRules = { requestName: /^trans_[0-9a-f-]{36}\.xml$/, schema }
  const name = 'trans_7de47885-e1a6-423e-94b2-ddc82c333fd9.xml'

  it('has its own file names and schema, with the order number inside the XML', async () => {
    const rulesOf = async (xml: string, requestName = name) => {
      const zip = await packSigned([documentOf(requestName, text(xml))], { sign: signerOf(sender) })
      const { violations } = await checkPackage(inMemory(await collect(zip.open())), own)

      return violations.map(({ rule }) => rule)
    }
    expect(await rulesOf('<Order><orderId>764255248</orderId></Order>')).toEqual([])
    expect(await rulesOf('<Order><orderId>none</orderId></Order>')).toEqual(['request-schema'])
    expect(await rulesOf('<Order/>', 'trans_1.xml')).toEqual(['request-missing'])
  })

  it('with a schema that cannot be used is the fault of the rules', async () => {
    await expect(
      checkPackage(inMemory(await build()), { schema: text('<a/>') }),
    ).rejects.toMatchObject({ code: 'xml.bad-schema' })
  })
})
