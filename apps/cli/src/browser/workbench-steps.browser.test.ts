import { readFile } from 'node:fs/promises'
import { readPem } from '@muhr/pki'
import { SECRET_HEADER } from '@muhr/sandbox'
import { startTestInstallation, type TestInstallation } from '@muhr/server/testing'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser, type TestBrowser } from './open-browser.ts'
import { type PlugInCalls, putPlugIn } from './stand-in-plug-in.ts'

const stepMs = 20_000
const goskeyCode = '10000000374'
const noticeCode = '60099901'
const noticeNamespace = 'urn://sandbox.muhr.test/notice/1.0.0'

/** A request to Госключ that its schema takes but for the form of the SNILS, and whose window is too long. */
const request = (now: Date): string => {
  const far = new Date(now.getTime() + 9 * 24 * 3_600_000).toISOString().slice(0, 19)

  return `<SignRequest xmlns="urn://mpkey.gosuslugi.ru/sign_document/1.0.0">
  <Snils>00000000101</Snils>
  <SignExpiration>${far}+03:00</SignExpiration>
  <Description>Договор 17</Description>
  <Attribute><AttributeName>orgName</AttributeName><AttributeValue>ООО TEST</AttributeValue></Attribute>
  <Attribute><AttributeName>orgINN</AttributeName><AttributeValue>9999000013</AttributeValue></Attribute>
</SignRequest>`
}

describe.skipIf(!hasChromium)('single steps of the workbench, clicked in Chromium', () => {
  let muhr: TestInstallation
  let browser: TestBrowser
  let page: Page
  let plugIn: PlugInCalls
  let key = ''
  let account = ''

  beforeAll(async () => {
    muhr = await startTestInstallation({ env: { MUHR_SESSION_TTL_HOURS: '12' } })
    const sender = muhr.ready.keys.find(
      (each) =>
        each.country === 'RU' &&
        each.format === 'pkcs8-pem' &&
        each.account === 'sender' &&
        each.state === 'valid' &&
        each.algorithm === 'ru-2012-256',
    )
    const pem = await readFile(sender?.file ?? '', 'latin1')
    const bytesOf = (label: string) =>
      readPem(pem).find((block) => block.label === label)?.bytes ?? new Uint8Array()
    const certificate = bytesOf('CERTIFICATE')
    browser = await openBrowser()
    page = await browser.open({ permissions: ['clipboard-read', 'clipboard-write'] })
    page.setDefaultTimeout(stepMs)
    plugIn = await putPlugIn(page, { pkcs8: bytesOf('PRIVATE KEY'), certificate } as never)
    const unattended = await muhr.api.call<{ id: string }>('/v1/keys', {
      method: 'POST',
      json: { kind: 'pem', file: Buffer.from(pem).toString('base64') },
    })
    key = unattended.body.id
    const attended = await muhr.api.call<{ id: string }>('/v1/keys', {
      method: 'POST',
      json: { kind: 'browser-plugin', certificate: Buffer.from(certificate).toString('base64') },
    })
    account = await addAccount('Отправителев', '1001', key)
    await addAccount('Ромашкина с плагином', '1002', attended.body.id)
    await control('epgu/switches', { quotas: false }, 'PUT')
    await page.goto(muhr.access.loginUrl)
    await page.getByTestId('nav-workbench').waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await muhr?.stop()
  })

  const addAccount = async (name: string, number: string, signerKey: string) =>
    (
      await muhr.api.call<{ id: string }>('/v1/workbench/accounts', {
        method: 'POST',
        json: {
          name,
          esiaUrl: muhr.ready.esia,
          epguUrl: muhr.ready.epgu,
          apiKey: `00000000-0000-4000-8000-00000000${number}`,
          signerKey,
        },
      })
    ).body.id
  const control = async (path: string, body: object, method = 'POST') => {
    const answer = await fetch(`${muhr.ready.epgu}/_sim/${path}`, {
      method,
      headers: { [SECRET_HEADER]: muhr.ready.control.secret, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.ok).toBe(true)
  }
  const fault = (on: string) =>
    control('epgu/faults', { faults: [{ on, fault: 'lost-answer', times: 1 }] }, 'PUT')
  const editor = () => page.getByTestId('xml-editor').locator('.cm-content')
  const state = () => page.getByTestId('order-state').first()
  const reaches = (value: string) =>
    expect.poll(() => state().getAttribute('data-state'), { timeout: stepMs }).toBe(value)
  const open = (path: string) => page.goto(`${muhr.server.url}${path}`)

  /** Makes an order on its page, and leaves it open. */
  const make = async (
    wish: { readonly account?: string; readonly isOneShot?: boolean; readonly code?: string } = {},
  ) => {
    await open(`/workbench/new${wish.isOneShot === true ? '?way=one-shot' : ''}`)
    await page.getByLabel('Код услуги', { exact: true }).fill(wish.code ?? goskeyCode)
    await page.getByLabel('Регион (ОКАТО)').fill('77')
    await page.getByLabel('Доступ', { exact: true }).selectOption({
      label: `${wish.account ?? 'Отправителев'} (…${wish.account === undefined ? '1001' : '1002'})`,
    })
    await page.getByTestId('create-order').click()
  }
  const type = async (text: string) => {
    await editor().click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(text)
  }
  const fill = async () => {
    await page.waitForURL(/\/workbench\/orders\/wbo_/)
    await type(request(muhr.server.app.now()))
    // One after the other: each is offered while it is the one right way.
    await page.getByTestId('xml-fault').getByTestId('fix').first().click()
    await page.getByTestId('xml-hint').getByTestId('fix').click()
    await page.getByTestId('xml-valid').waitFor()
    await page.getByTestId('bench-file-input').setInputFiles({
      name: 'contract.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4 TEST\n'),
    })
    await page.getByTestId('bench-document').waitFor()
  }

  it('the one right fix is a click; the form and the recipient’s view show the same data', async () => {
    await make()
    await page.waitForURL(/\/workbench\/orders\/wbo_/)
    await type(request(muhr.server.app.now()))
    const wrong = page.getByTestId('xml-fault').first()
    await wrong.waitFor()
    expect(await wrong.getAttribute('data-code')).toBe('value-pattern')
    expect(await wrong.textContent()).toContain('Значение записано не в той форме')
    await browser.shoot(page, 'workbench-fixes')
    await wrong.getByTestId('fix').click()
    await expect.poll(() => editor().textContent()).toContain('000-000-001 01')
    await page.getByTestId('xml-hint').getByTestId('fix').click()
    await expect.poll(() => page.getByTestId('xml-hint').count()).toBe(0)
    await page.getByTestId('xml-valid').waitFor()

    await page.getByText('Форма', { exact: true }).click()
    await page.getByTestId('xml-form').getByLabel('Description').fill('Договор 18 & ко')
    await browser.shoot(page, 'workbench-form')
    await page.getByText('Просмотр', { exact: true }).click()
    expect(await page.getByTestId('recipient-preview').textContent()).toContain('Договор 18 & ко')
    await browser.shoot(page, 'workbench-recipient')
    await page.getByText('Код', { exact: true }).click()
    await expect.poll(() => editor().textContent()).toContain('Договор 18 &amp; ко')
    await page.getByTestId('schema-choice').selectOption('1.8 person-unep')
    await page.getByTestId('xml-fault').first().waitFor()
    await page.getByTestId('schema-choice').selectOption('auto')
    await page.getByTestId('xml-valid').waitFor()
  })

  it('one request without a number warns, goes out, and stands among the calls', async () => {
    await make({ isOneShot: true })
    await fill()
    await page.getByTestId('one-shot').waitFor()
    await page.getByTestId('build').click()
    await page.getByTestId('package-built').waitFor()
    await page.getByTestId('push').click()
    await reaches('sent')
    expect(await page.getByTestId('order-number').textContent()).toMatch(/^\d+$/)
    const push = page
      .getByTestId('order-calls')
      .locator('[data-testid=call-line][data-operation=push]')
    await push.getByRole('button').click()
    await page.locator('[data-testid=call][data-operation=push]').waitFor()
    await page.getByTestId('copy-curl').click()
    const curl = await page.evaluate(() => navigator.clipboard.readText())
    expect(curl).toContain('/api/gusmev/push')
    expect(curl).toMatch(/Bearer \$\{TOKEN\}/)
    expect(curl).toContain("-F 'file=@")
    expect(curl).not.toContain('eyJ')
    await browser.shoot(page, 'workbench-one-shot')
  })

  it('a sending whose answer was lost: asked about, settled by the portal', async () => {
    await make()
    await fill()
    await page.getByTestId('build').click()
    await page.getByTestId('package-built').waitFor()
    await fault('chunked')
    await page.getByTestId('push').click()
    await reaches('unknown')
    await browser.shoot(page, 'workbench-unknown')
    await page.getByTestId('resolve-ask').click()
    await reaches('sent')
  })

  it('without a number a person says that nothing was sent, after a question; then it can be sent', async () => {
    await make({ isOneShot: true })
    await fill()
    await page.getByTestId('build').click()
    await page.getByTestId('package-built').waitFor()
    await fault('push')
    await page.getByTestId('push').click()
    await reaches('unknown')
    await page.getByTestId('resolve-not-sent').click()
    await page.getByTestId('not-sent').waitFor()
    await browser.shoot(page, 'workbench-not-sent')
    await page.getByTestId('not-sent-confirm').click()
    await reaches('built')
    expect(await page.getByTestId('history').textContent()).toContain('Исход отправки выяснен')
  })

  it('cancelling is asked once more; Госключ refuses it, another service takes it', async () => {
    await make()
    await fill()
    await page.getByTestId('build').click()
    await page.getByTestId('package-built').waitFor()
    await page.getByTestId('push').click()
    await reaches('sent')
    await page.getByTestId('cancel-order').click()
    await page.getByTestId('cancel-dialog').waitFor()
    expect(await page.getByTestId('cancel-dialog').textContent()).toContain(
      'Госключ отменять отказывается',
    )
    await page.getByTestId('cancel-dialog').getByText('Параметр reason').waitFor()
    await page.getByTestId('cancel-dialog').getByRole('textbox').fill('ошибка в сумме')
    await browser.shoot(page, 'workbench-cancel')
    await page.getByTestId('cancel-confirm').click()
    await expect
      .poll(() => page.getByTestId('history').textContent(), { timeout: stepMs })
      .toContain('Портал отказал в отмене')
    const told = page.getByTestId('call-told')
    await page.locator('[data-testid=call][data-operation=cancel]').waitFor()
    // The advice is not the English one of the server.
    expect(await told.textContent()).toContain('Заявление нельзя отменить')
    await page
      .locator('[data-testid=call][data-operation=cancel]')
      .getByText('Запрос', { exact: true })
      .click()
    expect(await page.getByTestId('call-params').textContent()).toContain('reasonошибка в сумме')
    await browser.shoot(page, 'workbench-call-params')

    await make({ code: noticeCode })
    await page.waitForURL(/\/workbench\/orders\/wbo_/)
    const number = await page.getByTestId('order-number').textContent()
    await type(
      `<NoticeRequest xmlns="${noticeNamespace}"><OrderId>${number}</OrderId><Guid>00000000-0000-4000-8000-000000000001</Guid><Applicant><INN>9999000013</INN><Name>ООО TEST</Name></Applicant></NoticeRequest>`,
    )
    await page.getByTestId('build').click()
    await page.getByTestId('package-built').waitFor()
    await page.getByTestId('push').click()
    await reaches('sent')
    await page.getByTestId('cancel-order').click()
    await page.getByTestId('cancel-confirm').click()
    await expect
      .poll(() => page.getByTestId('history').textContent(), { timeout: stepMs })
      .toMatch(/Портал (принял отмену|отказал в отмене)/)
  })

  it('a clerk’s key: API-Key and package wait in one place and are signed by one confirmation each', async () => {
    await make({ account: 'Ромашкина с плагином' })
    // The API-Key was never signed: the order is refused, and the clerk is asked.
    await page.getByText('ждёт в разделе «К подписи»').waitFor()
    await page.getByTestId('nav-seals').click()
    await page.getByTestId('seal-task').filter({ hasText: 'Ромашкина с плагином' }).waitFor()
    await page.getByTestId('confirm-seals').click()
    await page.getByTestId('seals-made').waitFor()
    expect(plugIn.digests).toHaveLength(1)

    await make({ account: 'Ромашкина с плагином' })
    await fill()
    await page.getByTestId('build').click()
    await reaches('sealing')
    await browser.shoot(page, 'workbench-sealing')
    await page.getByTestId('to-seals').click()
    await page.getByTestId('seal-item').nth(1).waitFor()
    await browser.shoot(page, 'workbench-seals')
    await page.getByTestId('confirm-seals').click()
    await page.getByTestId('seals-made').waitFor()
    expect(plugIn.digests).toHaveLength(3)
    await page.goBack()
    await reaches('built')
    await page.getByTestId('push').click()
    await reaches('sent')
  })

  it('what breaks rules is built as it is, and the portal’s own refusal is seen', async () => {
    await make()
    await fill()
    await page.getByText('Форма', { exact: true }).click()
    await page.getByTestId('xml-form').getByLabel('Snils').fill('00000000101')
    await page.getByText('Код', { exact: true }).click()
    await page.getByTestId('xml-fault').first().waitFor()
    expect(await page.getByTestId('build').getAttribute('aria-disabled')).toBe('true')
    await page.getByTestId('build-as-is').click()
    await page.getByTestId('package-as-is').waitFor()
    await browser.shoot(page, 'workbench-as-is')
    await page.getByTestId('push').click()
    await reaches('sent')
  })

  it('a token is fetched and told by what it says', async () => {
    await open('/workbench/accounts')
    const row = page.getByTestId('account-row').filter({ hasText: 'Отправителев' }).first()
    await row.getByTestId('get-token').click()
    await row.getByTestId('token-says').waitFor()
    expect(await row.getByTestId('token-life').textContent()).toContain('Маркер ЕСИА действует до')
    await browser.shoot(page, 'workbench-token')
    await page.getByTestId('recent-call').first().click()
    await page.getByTestId('call').waitFor()
    await browser.shoot(page, 'workbench-calls')
    await page
      .locator('[data-testid=call-line][data-operation=token]')
      .first()
      .getByRole('button')
      .click()
    await page.locator('[data-testid=call][data-operation=token]').waitFor()
    const repeated = new URL(page.url()).searchParams.get('id')
    await page.getByTestId('repeat-call').click()
    await expect
      .poll(() => new URL(page.url()).searchParams.get('id'), { timeout: stepMs })
      .not.toBe(repeated)
    await page.locator('[data-testid=call][data-operation=token]').waitFor()
    expect(account).toMatch(/^wba_/)
  })

  it('a quota that is used up tells when the next order may start', async () => {
    const made = await Promise.all(
      Array.from({ length: 21 }, () =>
        muhr.api.call('/v1/workbench/orders', {
          method: 'POST',
          json: { account, serviceCode: noticeCode, region: '77' },
        }),
      ),
    )
    expect(made.some(({ status }) => status === 409)).toBe(true)
    await make({ code: noticeCode })
    const quota = page.getByTestId('quota')
    await quota.waitFor()
    expect(await quota.textContent()).toMatch(/Квота сотрудника использована.*после .*\d\d:\d\d/)
    const fault = page.getByTestId('fault')
    await fault.waitFor()
    expect(await fault.textContent()).toMatch(/Квота портала использована.*повторите после .*\d\d/)
    await browser.shoot(page, 'workbench-quota')
  })

  it('nothing went wrong inside any page', () => {
    expect(browser.faults.filter((each) => !/status of [45]\d\d|answered 503/.test(each))).toEqual(
      [],
    )
  })
})
