import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '@muhr/server/testing'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDocuments } from '../demo/make-documents.ts'
import { type ProductProcess, startProduct } from '../testing/product-process.ts'
import { hasChromium, openBrowser, type TestBrowser } from './open-browser.ts'

const stepMs = 30_000

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  tiff: 'image/tiff',
  xml: 'application/xml',
  txt: 'text/plain',
}

type Wish = {
  readonly title: string
  readonly documents: number
  /** Id of the recipient in the sandbox. */
  readonly recipient: string
  readonly method: 'UNEP' | 'UKEP' | 'UKEP_LEGAL'
}

// What the operator of Goskey wants to see before production (ru-epgu-goskey §5.6). The pictures of
// docs/goskey.md are made again by MUHR_SHOTS=docs/pictures with this file alone.
describe.skipIf(!hasChromium)('the four pictures of Goskey, by clicking in Chromium', () => {
  let folder = ''
  let product: ProductProcess
  let browser: TestBrowser
  let clerk: Page

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-goskey-browser-'))
    const [port = 0, consolePort = 0, caPort = 0] = await freePorts(3)
    product = await startProduct({ dataDir: join(folder, 'data'), port, consolePort, caPort })
    browser = await openBrowser()
    clerk = await browser.open({
      viewport: { width: 1280, height: 900 },
      timezoneId: 'Europe/Moscow',
    })
    await clerk.goto(product.loginUrl)
    await clerk.getByTestId('sandbox-strip').waitFor({ timeout: stepMs })
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const personOf = (id: string) => {
    const found = product.ready.accounts.epgu.recipients.find((each) => each.id === id)
    if (found === undefined) {
      throw new Error('the sandbox has no such recipient')
    }

    return found
  }
  const addFiles = (count: number, title: string) =>
    clerk.getByTestId('file-input').setInputFiles(
      makeDocuments(title, count).map(({ fileName, bytes }) => ({
        name: fileName,
        mimeType: mediaTypes[fileName.split('.').pop() ?? ''] ?? 'application/octet-stream',
        buffer: Buffer.from(bytes),
      })),
    )
  const wish = async ({ title, recipient, method }: Omit<Wish, 'documents'>): Promise<void> => {
    const person = personOf(recipient)
    await clerk.getByLabel('Название конверта').fill(title)
    await clerk.getByTestId('add-recipient').click()
    await clerk.getByRole('radiogroup').getByText('Госключ', { exact: true }).click()
    await clerk.getByTestId('method').selectOption(method)
    await clerk.getByTestId('recipient-name').fill(`${person.surname} ${person.givenName}`)
    // Pasted as digits alone: Goskey matches nobody by that form, so the field writes its own.
    await clerk.getByTestId('number-snils').fill(person.snils.replace(/\D/g, ''))
    expect(await clerk.getByTestId('number-snils').inputValue()).toBe(person.snils)
    if (method === 'UKEP_LEGAL') {
      await clerk.getByTestId('number-ogrn').fill(person.organisation?.ogrn ?? '')
    }
  }
  const press = async (): Promise<void> => {
    await clerk.getByText('Всё готово к отправке').waitFor({ timeout: stepMs })
    await clerk.getByTestId('send').click()
    await clerk.waitForURL(/\/envelopes\/env_/, { timeout: stepMs })
  }
  const send = async (wanted: Wish): Promise<void> => {
    await clerk.goto(`${product.url}/envelopes/new`)
    await addFiles(wanted.documents, wanted.title)
    await wish(wanted)
    await press()
  }
  const signing = (state: string) =>
    clerk.locator(`[data-testid=signing][data-state=${state}]`).first()
  const until = (state: string) => signing(state).waitFor({ timeout: stepMs })
  const words = () => clerk.getByTestId('signing-words').first().innerText()
  /** The same clerk, draft and all, as somebody who reads another language. */
  const readIn = async <Result>(
    locale: 'ru' | 'kk' | 'uz' | 'en',
    read: (page: Page) => Promise<Result>,
  ): Promise<Result> => {
    const storageState = await clerk.context().storageState()
    const page = await browser.open({ storageState, timezoneId: 'Europe/Moscow' })
    await page.addInitScript((chosen) => localStorage.setItem('muhr.locale', chosen), locale)
    const result = await read(page)
    await page.context().close()

    return result
  }

  it('names what Goskey would refuse at its field, in four languages, before anything leaves', async () => {
    await clerk.goto(`${product.url}/envelopes/new`)
    await addFiles(16, 'Слишком много')
    await clerk.getByTestId('file-input').setInputFiles({
      name: 'Договор № 17.docx',
      mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      buffer: Buffer.from('no document of Goskey'),
    })
    await wish({ title: 'Слишком много', recipient: 'anna', method: 'UKEP_LEGAL' })
    await clerk.getByTestId('number-snils').fill('112 233 445 96')
    const told = (page: Page, text: string) =>
      page.getByTestId('obstacle').filter({ hasText: text }).first().waitFor({ timeout: stepMs })

    await told(clerk, 'Документов больше, чем берёт Госключ')
    await told(clerk, 'Договор № 17.docx: В имени файла недопустимый знак')
    await told(clerk, 'контрольная цифра не сходится')
    await told(clerk, 'Получатель 1, ОГРН')
    // The draft is kept on this machine every two seconds.
    await clerk.getByText(/Черновик, сохранён/).waitFor({ timeout: stepMs })
    for (const [locale, text] of [
      ['kk', 'құжаттар'],
      ['uz', 'hujjatlar'],
      ['en', 'documents'],
    ] as const) {
      await readIn(locale, async (page) => {
        await page.goto(`${product.url}/envelopes/new`)
        await told(page, 'docx')
        expect((await page.getByTestId('findings').innerText()).toLowerCase()).toContain(text)
      })
    }
    await clerk.goto(`${product.url}/envelopes`)
    await clerk.evaluate(() => window.localStorage.clear())
  })

  it('one document to one person, who signs on the phone', async () => {
    await send({ title: 'Договор 17', documents: 1, recipient: 'anna', method: 'UKEP' })
    await until('sent')
    expect(await words()).toContain('Принято Госуслугами')
    expect(await words()).toMatch(/ждём подписи до \d/)
    expect(await clerk.getByTestId('code-panel').innerText()).toContain('Госключ хранит запрос до')
    expect(await clerk.getByTestId('steps').innerText()).not.toContain('открыто')
    const signer = await browser.open()
    await signer.goto((await clerk.getByTestId('signer-page').getAttribute('href')) ?? '')
    const act = signer.getByTestId('signer-act')
    await act.getByText('Госключ ждёт подписи до').waitFor({ timeout: stepMs })
    expect(await act.innerText()).toContain('ООО "TEST РОМАШКА"')
    expect(await act.innerText(), 'there is no code').not.toMatch(/[Кк]од/)
    await signer.context().close()
    const phone = await browser.open()
    await phone.goto(`${product.ready.goskey.phone}?recipient=anna&lang=ru`)
    await phone.locator('#sign').click({ timeout: stepMs })
    await phone.context().close()
    await until('signed')
    await clerk.getByTestId('download-evidence').waitFor({ timeout: stepMs })
    const journal = await clerk.getByTestId('journal').innerText()
    expect(journal).toContain('Принято Госуслугами, ждёт в приложении Госключ')
    expect(journal).toContain('Госуслуги выдали номер заявления')
    expect(journal).not.toMatch(/(seal|request|signing)\.[a-z]+|Ответ потерян|goskey/)
    await browser.shoot(clerk, 'goskey-one')
  })

  it('a received signature with the result of its verification', async () => {
    await clerk.getByTestId('report-link').first().click()
    const verdict = clerk.getByTestId('verdict')
    await verdict.waitFor({ timeout: stepMs })
    expect(await verdict.getAttribute('data-indication')).toBe('TOTAL-PASSED')
    expect(await clerk.getByTestId('signer-report').innerText()).toContain(
      `СНИЛС ${personOf('anna').snils}`,
    )
    await browser.shoot(clerk, 'goskey-verified')
  })

  it('a package of fifteen to the signer of a legal entity, each signature with its own report', async () => {
    await send({
      title: 'Пакет по сделке 17',
      documents: 15,
      recipient: 'ivan',
      method: 'UKEP_LEGAL',
    })
    await until('signed')
    await clerk.getByText('Подпись доказана').waitFor({ timeout: stepMs })
    expect(await clerk.getByTestId('document').count()).toBe(15)
    await browser.shoot(clerk, 'goskey-package')
    await clerk.getByTestId('report-link').first().click()
    await clerk.getByText('действительны 15 из 15 подписей').waitFor({ timeout: stepMs })
    await clerk.getByTestId('package-document').nth(14).getByRole('button').click()
    await clerk.getByText('Протокол подписи под документом document_15.xml').waitFor()
    await browser.shoot(clerk, 'goskey-package-report')
  })

  it('a refusal, in words, and what can be done next', async () => {
    await send({
      title: 'Дополнительное соглашение',
      documents: 1,
      recipient: 'vera',
      method: 'UNEP',
    })
    await until('declined')
    expect(await words()).toBe('Отказ. Получатель отказался подписывать в Госключе.')
    await browser.shoot(clerk, 'goskey-refused')
    const { href } = new URL(clerk.url())
    for (const [locale, text] of [
      ['kk', 'Бас тартты.'],
      ['uz', 'Rad etildi.'],
      ['en', 'Declined.'],
    ] as const) {
      await readIn(locale, async (page) => {
        await page.goto(href)
        const line = page.getByTestId('signing-words').first()
        await line.filter({ hasText: text }).waitFor({ timeout: stepMs })
        expect(await line.innerText()).not.toContain('goskey.')
        await page.goto(`${product.url}/envelopes`)
        const row = page
          .getByTestId('envelope-row')
          .filter({ hasText: 'Дополнительное соглашение' })
        await row.waitFor({ timeout: stepMs })
        expect(await row.innerText()).not.toContain('goskey.')
      })
    }
    await clerk.getByTestId('send-again').click()
    await clerk.getByText('Всё готово к отправке').waitFor({ timeout: stepMs })
    expect(await clerk.getByTestId('number-known').innerText()).toContain('003 03')
    // Another name is another person.
    await clerk.getByTestId('recipient-name').fill('БОРИСОВ БОРИС ТЕСТОВИЧ')
    expect(await clerk.getByTestId('number-known').count()).toBe(0)
    await clerk.getByTestId('number-snils').fill(personOf('boris').snils)
    await press()
    await until('signed')
  })

  it('the signer of a foreign organisation, by NZA and INN, and a person by the id in ESIA too', async () => {
    const [lev, boris] = [personOf('lev'), personOf('boris')]
    await clerk.goto(`${product.url}/envelopes/new`)
    await addFiles(1, 'Контракт 19')
    await wish({ title: 'Контракт 19', recipient: 'boris', method: 'UKEP' })
    await clerk.getByTestId('number-esiaOid').fill(boris.oid)
    await press()
    await until('signed')

    await clerk.goto(`${product.url}/envelopes/new`)
    await addFiles(1, 'Контракт 20')
    await clerk.getByLabel('Название конверта').fill('Контракт 20')
    await clerk.getByTestId('add-recipient').click()
    await clerk.getByRole('radiogroup').getByText('Госключ', { exact: true }).click()
    await clerk.getByTestId('method').selectOption('UKEP_LEGAL')
    await clerk.getByRole('radio', { name: 'Иностранная организация' }).check({ force: true })
    expect(await clerk.getByTestId('number-snils').count()).toBe(0)
    await clerk.getByTestId('recipient-name').fill(`${lev.surname} ${lev.givenName}`)
    await clerk.getByTestId('number-rafp').fill(lev.rafp ?? '')
    await clerk.getByTestId('number-inn').fill(lev.inn)
    await press()
    await until('signed')
  })

  it('a recipient whom Goskey does not know', async () => {
    await send({ title: 'Договор 18', documents: 1, recipient: 'darya', method: 'UKEP' })
    await until('failed')
    expect(await words()).toContain('Госключ не нашёл получателя по СНИЛС')
    expect(await clerk.getByTestId('send-again').isVisible()).toBe(true)
  })

  it('fits a phone of 390 px', async () => {
    await readIn('ru', async (page) => {
      await page.setViewportSize({ width: 390, height: 780 })
      await page.goto(`${product.url}/envelopes`)
      await page.getByRole('link', { name: 'Дополнительное соглашение' }).last().click()
      await page.getByTestId('signing').first().waitFor({ timeout: stepMs })
      await browser.shoot(page, 'goskey-390')
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(390)
    })
  })

  it('tells before sending when the quota of Gosuslugi makes a request wait', async () => {
    const headers = { authorization: `Bearer ${product.apiKey}` }
    const post = async (path: string, body: BodyInit, type: string) => {
      const response = await fetch(`${product.url}/v1${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': type, 'idempotency-key': crypto.randomUUID() },
        body,
      })
      expect(response.status).toBe(201)

      return (await response.json()) as { readonly id: string }
    }
    const { id } = await post('/documents?fileName=many.txt', 'Документ для многих', 'text/plain')
    const anna = personOf('anna')
    const recipient = {
      name: anna.surname,
      identifiers: { snils: anna.snils },
      methods: [{ provider: 'goskey', method: 'UKEP' }],
    }
    const body = { title: 'Многим', documents: [{ id }], recipients: [recipient], send: true }
    const { organisations } = product.ready.accounts.epgu
    const keys = organisations.find((each) => each.id === 'sender')?.apiKeys.length ?? 0
    for (let sent = 0; sent < 20 * keys; sent += 1) {
      await post('/envelopes', JSON.stringify(body), 'application/json')
    }
    await clerk.goto(`${product.url}/envelopes/new`)
    await addFiles(1, 'Очередь')
    await wish({ title: 'Очередь', recipient: 'boris', method: 'UKEP' })
    const warning = clerk.getByTestId('warning').filter({ hasText: 'уйдёт около' })
    await warning.waitFor({ timeout: stepMs })
    expect(await warning.innerText()).toContain('20 заявлений за 10 минут')
    await press()
    await clerk
      .getByTestId('signing-words')
      .filter({ hasText: 'Уйдёт около' })
      .waitFor({ timeout: stepMs })
  })

  it('nothing went wrong inside any page', () => {
    expect(browser.faults).toEqual([])
  })
})
