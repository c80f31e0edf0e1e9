import { egovMobile } from '@muhr/provider-egov-mobile/web'
import { goskey } from '@muhr/provider-goskey/web'
import { signme } from '@muhr/provider-signme/web'
import { describe, expect, it } from 'vitest'
import { identifierSetFor } from '../../services/registry.ts'
import { checkDraft } from './check-draft.ts'
import { checkNumber, groupNumber } from './check-number.ts'
import {
  closeOrder,
  type Draft,
  emptyDraft,
  isDraftEmpty,
  type RecipientDraft,
  readDraft,
  suggestTitle,
  toInput,
  writeDraft,
} from './draft.ts'
import { locateField, mergeServerFindings } from './server-findings.ts'
import type { UploadRow } from './upload-queue.ts'

const now = new Date('2026-11-22T11:00:00Z')
const ready: UploadRow = {
  key: 'file-1',
  fileName: 'Договор № 17.pdf',
  size: 10,
  mediaType: 'application/pdf',
  phase: 'ready',
  sentBytes: 10,
  sha256: 'aa',
  document: {
    id: 'doc_1',
    sha256: 'aa',
    size: 10,
    mediaType: 'application/pdf',
    fileName: 'Договор № 17.pdf',
  },
}
const person: RecipientDraft = {
  key: 'r1',
  name: ' Үлгіұлы  Сынақ ',
  provider: 'egov-mobile',
  method: 'CMS_WITH_DATA',
  locale: 'kk',
  order: 1,
  numbers: { iin: '000140 000012' },
}
const draft: Draft = { title: 'Договор', deadline: '', recipients: [person] }
const check = (changed: Partial<Draft>, queue = [ready]) =>
  checkDraft({ draft: { ...draft, ...changed }, queue, providers: [egovMobile, goskey], now }).map(
    ({ level, code, field }) => `${level} ${code} ${field}`,
  )

describe('checkDraft', () => {
  it('finds nothing in a whole envelope', () => {
    expect(check({})).toEqual([])
  })

  it('gathers every obstacle of an empty form at once', () => {
    expect(check({ title: ' ', recipients: [] }, [])).toEqual([
      'obstacle documents.missing documents',
      'obstacle title.missing title',
      'obstacle recipients.missing recipients',
    ])
  })

  it('warns of a wrong check digit in an IIN and refuses nothing', () => {
    const recipients = [{ ...person, numbers: { iin: '000140000018' } }]

    expect(check({ recipients })).toEqual(['warning number.check-digit r1-iin'])
  })

  it('names the field of a number that is missing or too short', () => {
    expect(check({ recipients: [{ ...person, numbers: {} }] })).toEqual([
      'obstacle number.missing r1-iin',
    ])
    expect(check({ recipients: [{ ...person, numbers: { iin: '00014000001' } }] })).toEqual([
      'obstacle number.length r1-iin',
    ])
  })

  it('lets an empty BIN be and judges a filled one', () => {
    expect(
      check({ recipients: [{ ...person, numbers: { ...person.numbers, bin: '12' } }] }),
    ).toEqual(['obstacle number.length r1-bin'])
  })

  it('waits for files that move and for files that broke', () => {
    expect(check({}, [{ ...ready, phase: 'uploading' }])).toEqual([
      'obstacle documents.moving file-1',
    ])
    expect(check({}, [{ ...ready, phase: 'broken' }])).toEqual(['obstacle documents.broken file-1'])
    expect(check({}, [{ ...ready, phase: 'twin' }])).toEqual(['obstacle documents.refused file-1'])
  })

  it('warns of a kind of file that the signer will not see', () => {
    expect(check({}, [{ ...ready, mediaType: 'application/msword' }])).toEqual([
      'warning documents.not-shown file-1',
    ])
  })

  it('refuses a deadline that has passed', () => {
    expect(check({ deadline: '2020-01-01T10:00' })).toEqual(['obstacle deadline.past deadline'])
    expect(check({ deadline: '2999-01-01T10:00' })).toEqual([])
    expect(check({ deadline: 'soon' })).toEqual(['obstacle deadline.unreadable deadline'])
  })
})

describe('toInput', () => {
  it('cleans names and numbers and closes holes of the order', () => {
    const input = toInput({ ...draft, recipients: [person, { ...person, key: 'r2', order: 7 }] }, [
      ready,
    ])

    expect(input.documents).toEqual([{ id: 'doc_1' }])
    expect(input.recipients).toMatchObject([
      { name: 'Үлгіұлы Сынақ', identifiers: { iin: '000140000012' }, orderGroup: 1 },
      { orderGroup: 2 },
    ])
    expect(input).not.toHaveProperty('deadline')
  })

  it('sends a number that cannot be read as it was typed', () => {
    const recipients = [{ ...person, numbers: { iin: ' 12x ' } }]

    expect(toInput({ ...draft, recipients }, []).recipients[0]?.identifiers).toEqual({ iin: '12x' })
  })

  it('sends only documents that are ready', () => {
    expect(toInput(draft, [{ ...ready, phase: 'twin' }]).documents).toEqual([])
  })

  it.each([
    [
      [1, 3, 3],
      [1, 2, 2],
    ],
    [[5], [1]],
    [
      [2, 1],
      [2, 1],
    ],
  ])('order %j becomes %j', (orders, closed) => {
    expect(closeOrder(orders)).toEqual(closed)
  })
})

describe('somebody of an earlier envelope', () => {
  const again = {
    ...person,
    provider: 'goskey',
    method: 'UKEP_LEGAL',
    numbers: {},
    again: {
      recipient: 'rcp_1',
      name: person.name,
      masked: { snils: '···-···-001 01', ogrn: '·········0043' },
    },
  }
  const sent = (over: object) =>
    toInput({ ...emptyDraft, recipients: [{ ...again, ...over }] }, []).recipients[0]

  it('has the numbers of then, which the page does not know', () => {
    expect(check({ recipients: [again] })).toEqual([])
    expect(sent({})).toMatchObject({
      identifiers: {},
      identifiersOf: { recipient: 'rcp_1', kinds: ['snils', 'ogrn'] },
    })
  })

  it('has those alone that the method asks for and nobody typed anew', () => {
    expect(sent({ method: 'UKEP' })?.identifiersOf?.kinds).toEqual(['snils'])
    expect(sent({ numbers: { snils: '000-000-002 02' } })).toMatchObject({
      identifiers: { snils: '000-000-002 02' },
      identifiersOf: { kinds: ['ogrn'] },
    })
  })

  it('signs for a foreign organisation by NZA and INN, and sends nothing of the other set', () => {
    const lev = {
      again: undefined,
      identifierSet: 'foreign',
      numbers: { rafp: '999 00000001', inn: '9999 000013 65', snils: '000-000-010 02', ogrn: '1' },
    }

    expect(sent(lev)?.identifiers).toEqual({ rafp: '99900000001', inn: '999900001365' })
    expect(check({ recipients: [{ ...again, ...lev, numbers: {} }] })).toEqual([
      'obstacle number.missing r1-rafp',
      'obstacle number.missing r1-inn',
    ])
  })

  it('may be found by the id in ESIA beside the SNILS', () => {
    const numbers = { snils: '000-000-002 02', esiaOid: '1000 930002' }

    expect(sent({ again: undefined, method: 'UKEP', numbers })?.identifiers).toEqual({
      snils: '000-000-002 02',
      esiaOid: '1000930002',
    })
    expect(check({ recipients: [{ ...again, method: 'UKEP', numbers }] })).toEqual([])
  })

  it('keeps the set of numbers by which it was known', () => {
    const setFor = (masked: object) => identifierSetFor(goskey, 'UKEP_LEGAL', masked)

    expect(setFor(again.again.masked)).toBe('russian')
    expect(setFor({ rafp: '·······0001', inn: '········1365' })).toBe('foreign')
    expect(identifierSetFor(goskey, 'UKEP', { snils: '···-···-001 01' })).toBeUndefined()
  })

  it('is somebody else under another name', () => {
    const other = { ...again, name: 'Другой Человек' }

    expect(sent({ name: other.name })?.identifiersOf).toBeUndefined()
    expect(check({ recipients: [other] }).length).toBeGreaterThan(0)
  })
})

describe('numbers in the field', () => {
  it('cleans what was pasted and shows it in groups', () => {
    expect(groupNumber('iin', ' 000-140-000012')).toBe('000140 000012')
    expect(groupNumber('snils', '00072972938')).toBe('000-729-729 38')
    expect(groupNumber('iin', '0001401')).toBe('000140 1')
  })

  it('leaves text with letters as it is, to be seen', () => {
    expect(groupNumber('iin', 'IIN 0001')).toBe('IIN 0001')
  })

  it('refuses a wrong check digit for SNILS and INN, doubts it for IIN and BIN', () => {
    expect(checkNumber('snils', '112-233-445 96').level).toBe('refusal')
    expect(checkNumber('snils', '112-233-445 95').level).toBe('ok')
    expect(checkNumber('inn', '7700000001').level).toBe('refusal')
    expect(checkNumber('iin', '000140000018').level).toBe('warning')
    expect(checkNumber('iin', '000140000012').level).toBe('ok')
  })
})

describe('kept draft', () => {
  it('comes back as it was, with the files that are safely stored', () => {
    const kept = readDraft(writeDraft(draft, [ready, { ...ready, key: 'x', phase: 'broken' }], now))

    expect(kept?.draft).toEqual(draft)
    expect(kept?.files.map(({ key }) => key)).toEqual(['file-1'])
    expect(kept?.savedAt).toBe(now.toISOString())
  })

  it.each([undefined, '', '{', '[]', '{"draft":{}}', 'null'])('is nothing for %j', (text) => {
    expect(readDraft(text)).toBeUndefined()
  })

  it('is empty while nothing was typed', () => {
    expect(isDraftEmpty(emptyDraft, [])).toBe(true)
    expect(
      isDraftEmpty({ ...emptyDraft, recipients: [{ ...person, name: '', numbers: {} }] }, []),
    ).toBe(true)
    expect(isDraftEmpty(draft, [])).toBe(false)
  })

  it('suggests the name of the first file as the title', () => {
    expect(suggestTitle([ready])).toBe('Договор № 17')
    expect(suggestTitle([])).toBe('')
  })
})

describe('findings of the server', () => {
  const form = { draft, queue: [{ ...ready, key: 'bad', phase: 'twin' as const }, ready] }

  it.each([
    ['recipients[0].identifiers.iin', 'r1-iin'],
    ['recipients.0.identifiers', 'r1-iin'],
    ['/recipients/0/name', 'r1-name'],
    ['recipients[0].methods[0]', 'r1-service'],
    ['recipients[9].name', 'recipients'],
    ['documents[0]', 'file-1'],
    ['documents[4].id', 'documents'],
    ['deadline', 'deadline'],
    ['', 'title'],
  ])('%s leads to %s', (path, field) => {
    expect(locateField(path, form).at).toBe(field)
  })

  it('are left out where the page tells the same by itself, and told once', () => {
    const finding = { field: 'title', code: 'title.missing', advice: '' }
    const other = { field: 'documents[0]', code: 'document.name', advice: 'Rename it.' }

    expect(
      mergeServerFindings([finding, other, other], { form, told: new Set(['title']) }),
    ).toEqual([{ ...other, at: 'file-1', name: 'Договор № 17.pdf' }])
  })
})

describe('a recipient of Sign.Me', () => {
  const anna: RecipientDraft = {
    ...person,
    provider: 'signme',
    method: 'PERSON',
    locale: 'ru',
    numbers: { phone: '8 (999) 000-00-01' },
  }
  const found = (recipient: Partial<RecipientDraft>) =>
    checkDraft({
      draft: { ...draft, recipients: [{ ...anna, ...recipient }] },
      queue: [ready],
      providers: [signme],
      now,
    }).map(({ code, field, kinds }) => [code, field, ...(kinds ?? [])].join(' '))

  it('is known by phone, e-mail or SNILS: one is enough, none is not', () => {
    expect(found({})).toEqual([])
    expect(found({ numbers: { email: 'anna@signme.example' } })).toEqual([])
    expect(found({ numbers: { snils: '000-000-001 01' } })).toEqual([])
    expect(found({ numbers: {} })).toEqual(['number.one-of r1-phone phone email snils'])
  })

  it('of a company is known by its INN or OGRN as well', () => {
    expect(found({ method: 'COMPANY' })).toEqual(['number.one-of r1-inn inn ogrn'])
    expect(found({ method: 'COMPANY', numbers: { ...anna.numbers, inn: '9999000045' } })).toEqual(
      [],
    )
  })

  it('with a phone or an e-mail that is none is refused at that field', () => {
    expect(found({ numbers: { phone: '+7 999' } })).toEqual(['number.phone r1-phone'])
    expect(found({ numbers: { ...anna.numbers, email: 'anna' } })).toEqual([
      'number.email r1-email',
    ])
  })

  it('is sent with contacts beside identifiers, each in its stored form', () => {
    const numbers = { phone: '8 (999) 000-00-01', email: 'a@B.example', snils: '000-000-001 01' }
    const { recipients } = toInput({ ...draft, recipients: [{ ...anna, numbers }] }, [ready])

    expect(recipients[0]).toMatchObject({
      identifiers: { snils: expect.any(String) },
      contact: { phone: '+79990000001', email: 'a@b.example' },
    })
    expect(Object.keys(recipients[0]?.identifiers ?? {})).toEqual(['snils'])
  })

  it('is sent again by contacts that the page knows masked alone', () => {
    const again = { recipient: 'rcp_1', name: anna.name, masked: { phone: '+·······0001' } }
    const { recipients } = toInput({ ...draft, recipients: [{ ...anna, numbers: {}, again }] }, [
      ready,
    ])

    expect(found({ numbers: {}, again })).toEqual([])
    expect(recipients[0]?.identifiersOf).toEqual({ recipient: 'rcp_1', kinds: ['phone'] })
    expect(recipients[0]?.contact).toBeUndefined()
  })

  it('has what the server says of contacts at their fields, of nothing at all at the first', () => {
    const form = { draft: { ...draft, recipients: [anna] }, queue: [ready] }

    expect(locateField('recipients[0].contact.email', form).at).toBe('r1-email')
    expect(locateField('recipients[0].identifiers', form).at).toBe('r1-phone')
  })
})
