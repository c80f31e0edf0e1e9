import { describe, expect, it } from 'vitest'
import { readProblem } from '../../api/problem.ts'
import type { Catalogue } from '../../i18n/message.ts'
import { createTranslator } from '../../i18n/translate.ts'
import { benchUz } from '../../i18n/workbench/uz.ts'
import { fieldError, fieldFault } from './field-errors.ts'

const speech = { t: createTranslator('uz', benchUz as Catalogue) } as unknown as Parameters<
  typeof fieldError
>[0]
const refused = (code: string, field: string) =>
  readProblem(422, { code, field, detail: 'In English.', fields: [{ field, code, advice: 'Do.' }] })

describe('a refusal of one field', () => {
  it('stands at its field in the language of the page, never in English', () => {
    expect(fieldError(speech, refused('workbench.field', 'apiKey'), 'apiKey')).toBe(
      benchUz['bench.field.apiKey'],
    )
    expect(fieldError(speech, refused('workbench.host', 'esiaUrl'), 'esiaUrl')).toBe(
      benchUz['bench.problem.workbench.host'],
    )
    expect(fieldError(speech, refused('request.not-found', 'service'), 'service')).toBe(
      benchUz['bench.field.gone'],
    )
    expect(fieldError(speech, refused('request.invalid', 'region'), 'region')).toBe(
      benchUz['bench.field.other'],
    )
  })

  it('is told at no other field', () => {
    expect(fieldError(speech, refused('workbench.field', 'apiKey'), 'name')).toBeUndefined()
    expect(fieldError(speech, undefined, 'name')).toBeUndefined()
  })

  it('as a whole names the field as the page does', () => {
    expect(fieldFault(speech, 'region')).toContain('Hudud (OKATO)')
    expect(fieldFault(speech, 'xml')).toBe(benchUz['bench.field.main'])
    expect(fieldFault(speech, 'constructor')).toContain('constructor')
  })
})
