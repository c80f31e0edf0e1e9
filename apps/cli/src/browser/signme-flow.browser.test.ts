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

type Wanted = {
  /** Id of a user of the simulated Sign.Me. */
  readonly user: string
  /** Known by SNILS too, so that the certificate proves who signed. */
  readonly isProven?: boolean
  readonly company?: { readonly inn: string }
}

// The pictures of docs/signme.md are made again by MUHR_SHOTS=docs/pictures with this file alone.
describe.skipIf(!hasChromium)('Sign.Me by clicking in Chromium', () => {
  let folder = ''
  let product: ProductProcess
  let browser: TestBrowser
  let clerk: Page

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-signme-browser-'))
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

  const userOf = (id: string) => {
    const found = product.ready.accounts.signme.users.find((each) => each.id === id)
    if (found === undefined) {
      throw new Error('Sign.Me knows nobody of this id')
    }

    return found
  }
  const control = async (path: string, method = 'GET', body?: object) => {
    const response = await fetch(`${product.ready.accounts.signme.control}/${path}`, {
      method,
      headers: { 'x-muhr-sim-secret': product.ready.control.secret },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(response.status).toBe(200)

    return await response.json()
  }
  const addRecipient = async ({ user, isProven, company }: Wanted, order: number) => {
    const { surname, givenName, phone, snils } = userOf(user)
    await clerk.getByTestId('add-recipient').click()
    await clerk.getByRole('radiogroup').getByText('Sign.Me', { exact: true }).click()
    if (company !== undefined) {
      await clerk.getByTestId('method').selectOption('COMPANY')
      await clerk.getByTestId('number-inn').fill(company.inn)
    }
    await clerk.getByTestId('recipient-name').fill(`${surname} ${givenName}`)
    await clerk.getByTestId('number-phone').fill(phone)
    if (isProven === true) {
      await clerk.getByTestId('number-snils').fill(snils)
    }
    await clerk.getByLabel(`Очередь получателя ${order}`).fill(String(order))
  }
  const fill = async (title: string, ...recipients: readonly Wanted[]): Promise<void> => {
    await clerk.goto(`${product.url}/envelopes/new`)
    await clerk.getByTestId('file-input').setInputFiles(
      makeDocuments(title, 1).map(({ fileName, bytes }) => ({
        name: fileName,
        mimeType: 'application/pdf',
        buffer: Buffer.from(bytes),
      })),
    )
    await clerk.getByLabel('Название конверта').fill(title)
    for (const [index, recipient] of recipients.entries()) {
      await addRecipient(recipient, index + 1)
    }
  }
  const press = async (): Promise<void> => {
    await clerk.getByText('Всё готово к отправке').waitFor({ timeout: stepMs })
    await clerk.getByTestId('send').click()
    await clerk.waitForURL(/\/envelopes\/env_/, { timeout: stepMs })
  }
  const signing = (place: number) => clerk.getByTestId('signing').nth(place)
  const until = (state: string) =>
    clerk.locator(`[data-testid=signing][data-state=${state}]`).first().waitFor({ timeout: stepMs })
  const openSigner = async (place: number, width = 1280): Promise<Page> => {
    const href = await signing(place).getByTestId('signer-page').getAttribute('href')
    const page = await browser.open({ viewport: { width, height: 860 } })
    await page.goto(`${href}?lang=ru`)

    return page
  }
  const phase = (page: Page, wanted: string) =>
    page.locator(`[data-testid=signer-act][data-phase=${wanted}]`).waitFor({ timeout: stepMs })
  const readIn = async (locale: 'kk' | 'uz' | 'en', address: string, width = 1280) => {
    const storageState = await clerk.context().storageState()
    const page = await browser.open({
      storageState,
      timezoneId: 'Europe/Moscow',
      viewport: { width, height: 860 },
    })
    await page.addInitScript((chosen) => localStorage.setItem('muhr.locale', chosen), locale)
    await page.goto(address)
    await page.getByTestId('signing').first().waitFor({ timeout: stepMs })

    return page
  }

  it('says at its field what is missing, and what proves the signer', async () => {
    await fill('Без контактов', { user: 'anna' })
    await clerk.getByTestId('number-phone').fill('')
    const told = (text: string) =>
      clerk.getByTestId('obstacle').filter({ hasText: text }).first().waitFor({ timeout: stepMs })
    await told('Получатель 1, Телефон / Эл. почта / СНИЛС')
    await clerk.getByTestId('number-phone').fill('+7 999')
    await told('нужен номер с кодом страны')
    expect(await clerk.getByTestId('recipient').innerText()).toContain(
      'Сверим с сертификатом: это доказывает, кто подписал',
    )
    await clerk.getByTestId('number-phone').fill(userOf('anna').phone)
    await clerk.getByTestId('method').selectOption('COMPANY')
    await told('Получатель 1, ИНН / ОГРН')
    // Leaving the form keeps its draft.
    await clerk.goto(`${product.url}/envelopes`)
    await clerk.evaluate(() => window.localStorage.clear())
  })

  it('two in order sign on its page inside ours; who is known by phone alone is told as such', async () => {
    await fill('Договор 17', { user: 'anna' }, { user: 'zoya', company: { inn: '9999000045' } })
    await press()
    await until('sent')
    const first = await openSigner(0)
    // Before its turn: the request, and with it the page of Sign.Me, comes while this page is open.
    const second = await openSigner(1)
    await phase(second, 'waiting')
    await phase(first, 'ready')
    await first.getByTestId('frame-switch').click()
    const frame = first.frameLocator('[data-testid=page-frame]')
    await frame.getByLabel('Пароль от Sign.Me').fill('wrong')
    await frame.getByRole('button', { name: 'Подписать' }).click()
    await frame.getByRole('alert').filter({ hasText: 'Неверный пароль' }).waitFor()
    await browser.shoot(first, 'signme-frame')
    await phase(first, 'ready')
    await frame.getByLabel('Пароль от Sign.Me').fill(userOf('anna').password)
    await frame.getByRole('button', { name: 'Подписать' }).click()
    await phase(first, 'signed')
    await phase(second, 'ready')
    await second.getByTestId('frame-switch').click()
    const later = second.frameLocator('[data-testid=page-frame]')
    await later.getByLabel('Пароль от Sign.Me').fill(userOf('zoya').password)
    await later.getByRole('button', { name: 'Подписать' }).click()
    await phase(second, 'signed')

    await clerk.getByTestId('download-evidence').waitFor({ timeout: stepMs })
    const said = signing(0).getByTestId('said')
    expect(await said.innerText()).toMatch(/Говорит Sign\.Me\s+Подписано/)
    expect(await said.getByTestId('said-proven').getAttribute('data-proven')).toBe('passed')
    expect(await signing(0).getByTestId('vouched').innerText()).toContain('Телефон +·······0001')
    expect(await signing(1).getByTestId('vouched').count()).toBe(0)
    await browser.shoot(clerk, 'signme-envelope')
    expect(await clerk.getByTestId('journal').innerText()).toContain(
      'Sign.Me сообщает: документы подписаны',
    )
    const page = await readIn('en', clerk.url())
    expect(await page.getByTestId('vouched').innerText()).toContain('on the word of Sign.Me')
    expect(await page.getByTestId('signing').first().innerText()).toContain('Phone +·······0001')
    for (const each of [first, second, page]) await each.context().close()
    await clerk.getByTestId('report-link').first().click()
    await clerk.getByTestId('verdict').waitFor({ timeout: stepMs })
    expect(await clerk.getByTestId('verdict').getAttribute('data-indication')).toBe('TOTAL-PASSED')
    expect(await clerk.getByTestId('vouched').innerText()).toContain('со слов Sign.Me')
  })

  it('a refusal on its page in the same tab, on a phone, with its comment', async () => {
    await fill('Дополнительное соглашение', { user: 'anna', isProven: true })
    await press()
    await until('sent')
    const signer = await openSigner(0, 390)
    await phase(signer, 'ready')
    await browser.shoot(signer, 'signme-390')
    await signer.getByTestId('open-page').click()
    await signer.getByText('Отказаться от подписи').click()
    await signer.getByLabel('Причина отказа').fill('Ошибка в сумме')
    await signer.getByRole('button', { name: 'Отклонить' }).click()
    await until('declined')
    expect(await clerk.getByTestId('signing-words').innerText()).toContain('«Ошибка в сумме»')
    expect(await clerk.getByTestId('said').innerText()).toContain('Отклонено')
    // Back over the page with its form, to ours.
    await signer.goBack()
    await signer.goBack()
    await phase(signer, 'declined')
    await signer.context().close()
    await browser.shoot(clerk, 'signme-refused')
  })

  it('an answer that was lost is asked about, and sent again by a person alone', async () => {
    await control('faults', 'PUT', {
      faults: [{ on: 'sign', fault: 'drop-after-body', times: 1, isDone: true }],
    })
    const before = (await control('requests')).requests.length
    await fill('Акт 3', { user: 'anna', isProven: true })
    await press()
    await until('unknown')
    expect(await clerk.getByTestId('signing-words').innerText()).toContain(
      'Сами повторно не отправляем',
    )
    await browser.shoot(clerk, 'signme-unknown')
    await clerk.getByTestId('ask-now').click()
    await clerk.getByTestId('toast').filter({ hasText: 'Спросили' }).waitFor({ timeout: stepMs })
    expect((await control('requests')).requests.length).toBe(before + 1)
    await clerk.getByTestId('send-anew').click()
    await clerk.getByTestId('send-anew-dialog').filter({ hasText: 'два запроса' }).waitFor()
    await clerk.getByTestId('send-anew-dialog-confirm').click()
    await until('sent')
    expect((await control('requests')).requests.length).toBe(before + 2)
    const phone = await readIn('en', clerk.url(), 390)
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    )
    await phone.context().close()
    const signer = await openSigner(0)
    await signer.getByTestId('open-page').click()
    await signer.getByLabel('Пароль от Sign.Me').fill(userOf('anna').password)
    await signer.getByRole('button', { name: 'Подписать' }).click()
    await until('signed')
    expect(await clerk.getByTestId('vouched').count()).toBe(0)
    await signer.context().close()
  })

  it('a signature of somebody else stands beside "signed" as what it is, to the clerk and the signer', async () => {
    await control('faults', 'PUT', { outcomes: [{ sign: 'other-user', times: 1 }] })
    await fill('Акт 4', { user: 'anna', isProven: true })
    await press()
    await until('sent')
    const signer = await openSigner(0)
    await signer.getByTestId('frame-switch').click()
    const frame = signer.frameLocator('[data-testid=page-frame]')
    await frame.getByLabel('Пароль от Sign.Me').fill(userOf('anna').password)
    await frame.getByRole('button', { name: 'Подписать' }).click()
    await until('mismatch')
    const said = clerk.getByTestId('said')
    expect(await said.innerText()).toMatch(/Говорит Sign\.Me\s+Подписано/)
    expect(await said.getByTestId('said-proven').getAttribute('data-proven')).toBe('mismatch')
    expect(await clerk.getByTestId('mismatch').innerText()).toContain('взять его назад нельзя')
    const told = signer.getByTestId('signer-attention')
    await told.filter({ hasText: 'под другой учётной записью' }).waitFor({ timeout: stepMs })
    // What is signed there is not signed again.
    expect(await signer.getByTestId('open-page').count()).toBe(0)
    await signer.context().close()
  })

  it('the connection keeps its key to itself, and every setting has its words', async () => {
    await clerk.goto(`${product.url}/settings/connections`)
    await clerk.getByRole('link', { name: 'Sign.Me (sandbox)' }).click()
    const key = clerk.getByTestId('setting-key')
    await key.waitFor({ timeout: stepMs })
    expect(await key.inputValue()).toBe('')
    expect(await key.getAttribute('placeholder')).toMatch(/^·+/)
    expect(await clerk.getByTestId('setting-trustsContact').isChecked()).toBe(true)
    // What the staff of Sign.Me must be told, since no call changes it.
    expect(await clerk.getByTestId('notification-url').inputValue()).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/cb\/signme\/c\/.+\..+$/,
    )
    await clerk.getByTestId('setting-precheck').check()
    await clerk.getByTestId('save-connection').click()
    await clerk.getByTestId('toast').waitFor({ timeout: stepMs })
    await clerk.reload()
    await key.waitFor({ timeout: stepMs })
    expect(await clerk.getByTestId('setting-precheck').isChecked()).toBe(true)
  })

  it('the sandbox leads to the simulated Sign.Me', async () => {
    const link = clerk.getByTestId('sandbox-strip').getByRole('link', { name: 'Sign.Me' })
    const page = await browser.open()
    await page.goto((await link.getAttribute('href')) ?? '')
    expect(new URL(page.url()).origin).toBe(product.ready.signme)
    await page.context().close()
  })

  it('nothing went wrong inside any page', () => {
    expect(browser.faults).toEqual([])
  })
})
