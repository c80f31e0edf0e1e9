import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePorts } from '@muhr/server/testing'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePdf } from '../demo/make-pdf.ts'
import { type ProductProcess, startProduct } from '../testing/product-process.ts'
import { hasChromium, openBrowser, type TestBrowser } from './open-browser.ts'

const run = promisify(execFile)
const main = join(import.meta.dirname, '..', 'main.ts')
const stepMs = 20_000

describe.skipIf(!hasChromium)('a document, from the drop zone to the proof, in Chromium', () => {
  let folder = ''
  let product: ProductProcess
  let browser: TestBrowser
  let clerk: Page

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-browser-'))
    const [port = 0, consolePort = 0, caPort = 0] = await freePorts(3)
    product = await startProduct({ dataDir: join(folder, 'data'), port, consolePort, caPort })
    browser = await openBrowser()
    clerk = await browser.open()
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const send = async (title: string): Promise<void> => {
    await clerk.goto(`${product.url}/envelopes/new`)
    await clerk.getByTestId('file-input').setInputFiles({
      name: 'Договор № 17.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(makePdf(['Contract No. 17', title])),
    })
    await clerk.getByLabel('Название конверта').fill(title)
    await clerk.getByTestId('add-recipient').click()
    await clerk.getByTestId('recipient-name').fill('Үлгіұлы Сынақ')
    await clerk.getByLabel('ИИН').fill('000140000012')
    await clerk.getByTestId('send').click()
    await clerk.waitForURL(/\/envelopes\/env_/, { timeout: stepMs })
    await clerk.getByTestId('qr').waitFor({ timeout: stepMs })
  }

  it('the printed link logs in once', async () => {
    await clerk.goto(product.loginUrl)
    await clerk.getByTestId('sandbox-strip').waitFor({ timeout: stepMs })
    await browser.shoot(clerk, 'welcome')

    const stranger = await browser.open()
    await stranger.goto(product.loginUrl)
    await stranger.waitForURL(/\/login\?reason=used/, { timeout: stepMs })
    await browser.shoot(stranger, 'login-used')
    await stranger.context().close()
  })

  it('upload, send, scan the QR from the screenshot, sign, prove', async () => {
    await send('Договор поставки № 17')
    await browser.shoot(clerk, 'envelope-sent')
    const picture = await clerk.getByTestId('qr').screenshot()

    const phone = await browser.open()
    await phone.goto(`${product.ready.console}/phone`)
    await phone.locator('input[type=file]').setInputFiles({
      name: 'screenshot.png',
      mimeType: 'image/png',
      buffer: picture,
    })
    const sign = phone.getByRole('button', { name: 'Подписать', exact: false }).last()
    await sign.waitFor({ timeout: stepMs })
    await browser.shoot(phone, 'phone-open')
    await sign.click()

    await clerk.getByTestId('signing').filter({ hasText: 'Подписано' }).waitFor({ timeout: stepMs })
    await browser.shoot(phone, 'phone-signed')
    await phone.context().close()
    await clerk.getByTestId('download-evidence').waitFor({ timeout: stepMs })
    await browser.shoot(clerk, 'envelope-completed')

    const [download] = await Promise.all([
      clerk.waitForEvent('download', { timeout: stepMs }),
      clerk.getByTestId('download-evidence').click(),
    ])
    const bundle = join(folder, 'evidence.zip')
    await download.saveAs(bundle)
    const checked = await run(process.execPath, [
      main,
      'verify',
      bundle,
      '--trust',
      product.ready.caFile,
      '--json',
    ])
    const report = JSON.parse(checked.stdout) as { indication: string; sandbox: boolean }
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED', sandbox: true })

    await clerk.getByTestId('report-link').first().click()
    await clerk.getByTestId('verdict').waitFor({ timeout: stepMs })
    await browser.shoot(clerk, 'report')
  })

  it('the signer page on a phone of 390 px in Kazakh leads into the app and shows the end', async () => {
    await send('Еңбек шарты')
    const link = await clerk.getByRole('link', { name: 'Страница подписанта' }).getAttribute('href')
    const signer = await browser.open({
      viewport: { width: 390, height: 780 },
      locale: 'kk-KZ',
      isMobile: true,
      hasTouch: true,
      userAgent:
        'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36',
    })
    await signer.goto(`${link}`)
    await signer.getByTestId('signer-act').waitFor({ timeout: stepMs })
    expect(await signer.locator('html').getAttribute('lang')).toBe('kk')
    await browser.shoot(signer, 'signer-390-kk')
    const wide = await signer.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(390)

    const into = await signer.locator('a[href*="/phone?link="]').first().getAttribute('href')
    const phone = await browser.open({ viewport: { width: 390, height: 780 } })
    await phone.goto(`${into}`)
    await phone.getByRole('button', { name: 'Подписать', exact: false }).last().click()
    await signer.locator('[data-state=signed]').first().waitFor({ timeout: stepMs })
    await browser.shoot(phone, 'phone-390')
    await browser.shoot(signer, 'signer-390-kk-signed')
    await phone.context().close()
    await signer.context().close()
  })

  it('list and envelope in the dark and on 390 px keep their width', async () => {
    const state = await clerk.context().storageState()
    for (const [name, options] of [
      ['dark', { colorScheme: 'dark' as const }],
      ['390', { viewport: { width: 390, height: 780 } }],
    ] as const) {
      const page = await browser.open({ ...options, storageState: state })
      await page.goto(`${product.url}/envelopes`)
      await page.getByTestId('envelope-row').first().waitFor({ timeout: stepMs })
      await browser.shoot(page, `envelopes-${name}`)
      await page.getByTestId('envelope-row').first().getByRole('link').first().click()
      await page.getByTestId('signing').first().waitFor({ timeout: stepMs })
      await browser.shoot(page, `envelope-${name}`)
      const [inner, width] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ])
      expect(inner).toBeLessThanOrEqual(width ?? 0)
      await page.context().close()
    }
  })

  it('a signature of another person is refused in words and completes nothing', async () => {
    await send('Чужая подпись')
    const qr = await clerk
      .getByRole('link', { name: 'Открыть в телефоне песочницы' })
      .getAttribute('href')
    await fetch(`${product.ready.egovMobile.control}/act`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-muhr-sim-secret': product.ready.control.secret,
      },
      body: JSON.stringify({ text: qr, account: 'second' }),
    })
    await clerk.getByTestId('mismatch').waitFor({ timeout: stepMs })
    await browser.shoot(clerk, 'envelope-mismatch')
    expect(await clerk.getByTestId('status-chip').first().getAttribute('data-state')).not.toBe(
      'completed',
    )
  })

  it('nothing went wrong inside any page', async () => {
    await writeFile(join(folder, 'faults.txt'), browser.faults.join('\n'))
    expect(browser.faults).toEqual([])
  })
})
