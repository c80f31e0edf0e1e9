import { readFile } from 'node:fs/promises'
import { startTestInstallation, type TestInstallation } from '@muhr/server/testing'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser, type TestBrowser } from './open-browser.ts'

const stepMs = 20_000
const code = '60099901'
const namespace = 'urn://sandbox.muhr.test/notice/1.0.0'
const template = `<?xml version="1.0" encoding="UTF-8"?>
<NoticeRequest xmlns="${namespace}"><OrderId>{{orderId}}</OrderId><Guid>{{guid}}</Guid>
<Applicant><INN>9999000013</INN><Name>ООО TEST</Name></Applicant></NoticeRequest>`
const schema = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}" elementFormDefault="qualified">
<xs:element name="NoticeRequest"><xs:complexType><xs:sequence>
  <xs:element name="OrderId" type="xs:positiveInteger"/>
  <xs:element name="Guid" type="xs:string"/>
  <xs:element name="Applicant"><xs:complexType><xs:sequence>
    <xs:element name="INN"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[0-9]{10}"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Name" type="xs:string"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
</xs:schema>`
const notice = (guid: string) =>
  `<Notice xmlns="${namespace}"><Guid>${guid}</Guid><Subject>Уведомление</Subject><Date>2026-11-30</Date></Notice>`
const file = (name: string, text: string | Buffer) => ({
  name,
  mimeType: name.endsWith('.zip') ? 'application/zip' : 'application/xml',
  buffer: Buffer.from(text),
})

describe.skipIf(!hasChromium)('the workbench, clicked through in Chromium', () => {
  let muhr: TestInstallation
  let browser: TestBrowser
  let page: Page

  beforeAll(async () => {
    muhr = await startTestInstallation({ env: { MUHR_SESSION_TTL_HOURS: '12' } })
    browser = await openBrowser()
    page = await browser.open()
    page.setDefaultTimeout(stepMs)
    await page.goto(muhr.access.loginUrl)
    await page.getByTestId('nav-workbench').click()
    await page.getByTestId('new-order').waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await muhr?.stop()
  })

  const editor = () => page.getByTestId('xml-editor').locator('.cm-content')
  const state = () => page.getByTestId('order-state').first()
  const reaches = (name: string, value: string) =>
    expect.poll(() => state().getAttribute(name), { timeout: stepMs }).toBe(value)
  /** Asks the portal by hand until it tells the status. */
  const asks = async (status: string) => {
    await expect
      .poll(
        async () => {
          await page.getByTestId('refresh').click()

          return state().getAttribute('data-status')
        },
        { timeout: stepMs, interval: 300 },
      )
      .toBe(status)
  }
  let guid = ''
  let number = ''

  it('an account and a service are kept, with template and schema', async () => {
    await browser.shoot(page, 'workbench-empty')
    await page.getByTestId('bench-accounts').click()
    await page.getByLabel('Название').fill('Отправителев')
    await page.getByLabel('Адрес ЕСИА').fill(muhr.ready.esia)
    await page.getByLabel('Адрес ЕПГУ').fill(muhr.ready.epgu)
    await page.getByLabel('API-Key', { exact: true }).fill('00000000-0000-4000-8000-000000001001')
    await page.getByLabel('Ключ подписи').selectOption({ index: 1 })
    await page.getByTestId('add-account').click()
    await page.getByTestId('account-row').filter({ hasText: 'Отправителев' }).waitFor()
    await browser.shoot(page, 'workbench-accounts')

    await page.getByTestId('bench-services').click()
    await page.getByTestId('new-service').click()
    await page.getByLabel('Название услуги').fill('Уведомление')
    await page.getByLabel('Код услуги', { exact: true }).fill(code)
    await page.getByLabel('Регион (ОКАТО)').fill('77')
    await page.getByLabel('Имя файла запроса').fill('req_{{guid}}.xml')
    await page.getByTestId('template-file').setInputFiles(file('notice.xml', template))
    await page.getByTestId('schema-file').setInputFiles(file('notice.xsd', schema))
    // Places are no faults: the schema is asked with values like those to come.
    await page.getByTestId('template-card').getByTestId('xml-valid').waitFor()
    await browser.shoot(page, 'workbench-service')
    await page.getByTestId('save-service').click()
    await page.getByLabel('Версия').waitFor()
  })

  it('an order gets its number, which stands inside its XML', async () => {
    await page.getByTestId('bench-orders').click()
    await page.getByTestId('new-order').click()
    await page.getByLabel('Название для себя').fill('Уведомление № 1')
    await page.getByLabel('Услуга').selectOption({ label: `Уведомление (${code})` })
    await browser.shoot(page, 'workbench-new')
    await page.getByTestId('create-order').click()
    await page.waitForURL(/\/workbench\/orders\/wbo_/)
    number = (await page.getByTestId('order-number').textContent()) ?? ''
    expect(number).toMatch(/^\d+$/)
    await expect.poll(() => editor().textContent()).toContain(`<OrderId>${number}</OrderId>`)
    await page.getByTestId('xml-valid').waitFor()
    guid = /req_(.+)\.xml/.exec((await page.locator('#xml-title').textContent()) ?? '')?.[1] ?? ''
  })

  it('a fault of the schema stands at its line and keeps the package from being built', async () => {
    await page.getByTestId('format-xml').click()
    await expect.poll(() => editor().locator('.cm-line').count()).toBeGreaterThan(7)
    const text = await editor().locator('.cm-line').allTextContents()
    await editor().click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(text.join('\n').replace('9999000013', '12'))
    const fault = page.getByTestId('xml-fault').first()
    await fault.waitFor()
    expect(await fault.textContent()).toContain('INN')
    await page.locator('.cm-lint-marker-error').first().waitFor()
    expect(await page.getByTestId('build').getAttribute('aria-disabled')).toBe('true')
    await browser.shoot(page, 'workbench-fault')
    await fault.getByRole('button').click()
    await expect
      .poll(() => page.locator('.cm-activeLine').textContent(), { timeout: stepMs })
      .toContain('<INN>12</INN>')
    await page.keyboard.press('Control+z')
    await page.getByTestId('xml-valid').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('.cm-editor'))).toBe(null)
    await editor().click()
    await page.keyboard.press('Control+s')
    await expect.poll(() => page.getByTestId('xml-saved').textContent()).toBe('Сохранено')
    await page.getByText('Просмотр', { exact: true }).click()
    expect(await page.getByTestId('xml-preview').textContent()).toContain('ООО TEST')
    await browser.shoot(page, 'workbench-preview')
    await page.getByText('Код', { exact: true }).click()
  })

  it('the text is kept as a new version of its template, the older one stays', async () => {
    const order = page.url()
    await page.getByTestId('keep-template').click()
    await browser.shoot(page, 'workbench-template')
    await page.getByTestId('keep-template-confirm').click()
    await page.getByTestId('template-dialog').waitFor({ state: 'detached' })
    await page.getByTestId('bench-services').click()
    await page.getByTestId('service-row').getByRole('link').first().click()
    const template = page.getByTestId('template-card').locator('.cm-content')
    // The number is a place again, on lines of its own since the text was formatted.
    await expect.poll(() => template.textContent()).toContain('<OrderId>{{orderId}}</OrderId>')
    await expect.poll(() => template.locator('.cm-line').count()).toBeGreaterThan(7)
    await page.getByLabel('Версия').selectOption('1')
    await expect.poll(() => template.locator('.cm-line').count()).toBe(3)
    await page.goto(order)
    await page.getByTestId('xml-valid').waitFor()
  })

  it('a ready-made zip that breaks rules is refused rule by rule', async () => {
    await page
      .getByTestId('zip-input')
      .setInputFiles(file('bad.zip', Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex')))
    await page.getByTestId('rule').first().waitFor()
    expect(await page.getByTestId('rule').count()).toBeGreaterThan(0)
    await browser.shoot(page, 'workbench-rules')
    expect(await state().getAttribute('data-state')).toBe('draft')
  })

  it('signed, built, sent in chunks, and the receipt downloaded', async () => {
    await page
      .getByTestId('bench-file-input')
      .setInputFiles(file(`trans_${guid}.xml`, notice(guid)))
    await page
      .getByTestId('bench-document')
      .filter({ hasText: `trans_${guid}.xml` })
      .waitFor()
    await page.getByTestId('build').click()
    await page.getByTestId('package-built').waitFor()
    await browser.shoot(page, 'workbench-built')
    await page.getByTestId('push').click()
    await reaches('data-state', 'sent')
    await asks('17')
    await muhr.passTime(61 * 60_000)
    await asks('3')
    await browser.shoot(page, 'workbench-done')
    await page.getByTestId('download-results').click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('result').first().click(),
    ])
    expect(download.suggestedFilename()).toBe('receipt.xml')
    expect(await readFile(await download.path(), 'utf8')).toContain(`<OrderId>${number}</OrderId>`)
    // What was sent can be had again: each file of the list answers with its bytes.
    for (const link of await page.getByTestId('any-file').getByRole('link').all()) {
      const answer = await page.request.get(
        new URL(`${await link.getAttribute('href')}`, muhr.server.url).href,
      )
      expect(answer.status()).toBe(200)
    }
    expect(await page.getByTestId('any-file').count()).toBeGreaterThanOrEqual(6)
  })

  it('statuses of the day name the order, and a dictionary is searched', async () => {
    await page.getByTestId('bench-statuses').click()
    await page.getByTestId('ask-statuses').click()
    await page.getByTestId('bulk-status').filter({ hasText: number }).waitFor()
    await browser.shoot(page, 'workbench-statuses')

    await page.getByTestId('bench-dictionary').click()
    await page.getByLabel('Код справочника').fill('TEST_REGIONS')
    await page.getByTestId('ask-dictionary').click()
    await page.getByTestId('dictionary-row').first().waitFor()
    await browser.shoot(page, 'workbench-dictionary')
    await page.getByLabel('Поиск').fill('краснояр')
    await page.getByTestId('ask-dictionary').click()
    await expect.poll(() => page.getByTestId('dictionary-row').count()).toBe(2)
    await page.getByLabel('Код справочника').fill('TEST_BANKS')
    await page.getByLabel('Поиск').fill('')
    await page.getByTestId('ask-dictionary').click()
    await page.getByTestId('next-page').click()
    await expect.poll(() => page.getByTestId('page-number').textContent()).toContain('2 из 2')
    await expect.poll(() => page.getByTestId('dictionary-row').count()).toBe(5)
  })

  it('keeps its width on a phone, in the dark and in every language', async () => {
    const storageState = await page.context().storageState()
    const order = page.url()
    for (const [name, language, options] of [
      ['390', 'ru', { viewport: { width: 390, height: 780 } }],
      ['dark', 'en', { colorScheme: 'dark' as const }],
      ['390-kk', 'kk', { viewport: { width: 390, height: 780 } }],
      ['uz', 'uz', {}],
    ] as const) {
      const other = await browser.open({ ...options, storageState })
      await other.addInitScript((chosen) => localStorage.setItem('muhr.locale', chosen), language)
      await other.goto(new URL('/workbench', order).href)
      await other.getByTestId('order-row').first().waitFor()
      await browser.shoot(other, `workbench-orders-${name}`)
      await other.getByTestId('order-row').first().getByRole('link').click()
      await other.getByTestId('xml-editor').waitFor()
      await other.getByTestId('any-file').first().waitFor()
      expect(await other.locator('html').getAttribute('lang')).toContain(language)
      await browser.shoot(other, `workbench-order-${name}`)
      const [inner = 0, width = 0] = await other.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ])
      expect(inner).toBeLessThanOrEqual(width)
      await other.context().close()
    }
  })

  it('nothing went wrong inside any page', () => {
    // What the server refuses is a console line of Chromium, no fault of the page.
    expect(browser.faults.filter((each) => !/status of 4\d\d/.test(each))).toEqual([])
  })
})
