import { resolve } from 'node:path'
import { documentOf, type PackageDocument } from '../documents.ts'
import type { GoskeyRequest } from '../request.ts'
import { testNow } from './test-pki.ts'

/** The folder of Russian fixtures. */
export const fixtures = resolve(
  process.env['MUHR_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../../../shared/fixtures'),
  'ru',
)

/** A number whose check digits are right and which nobody has: series 000 is below the rule. */
export const testSnils = '112-233-445 95'

export const request19: GoskeyRequest = {
  service: 'person-unep',
  profile: '1.9',
  recipient: { kind: 'person', snils: testSnils },
  description: 'Договор 17 <"&"> ]]>',
  backlink: 'https://example.test/done?a=1&b=2',
  expiresAt: new Date(testNow.getTime() + 23 * 60 * 60 * 1000),
  attributes: [
    { name: 'orgName', value: 'ООО "Пример & Ко"' },
    { name: 'orgINN', value: '7700000000' },
  ],
}

export const request18: GoskeyRequest = {
  ...request19,
  profile: '1.8',
  attributes: [
    { name: 'mnemonics', value: 'TEST01' },
    { name: 'serviceName', value: 'Отправка документов на подпись' },
    { name: 'orgName', value: 'ООО "Пример & Ко"' },
  ],
}

export const pdf = (name: string, text = 'x'): PackageDocument =>
  documentOf(name, Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`))

export const txt = (name: string, text: string): PackageDocument =>
  documentOf(name, Buffer.from(text))
