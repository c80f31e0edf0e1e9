import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useSignme } from '../testing/signme-bench.ts'
import { md5Of, packageFor, type signmeClient } from '../testing/signme-client.ts'

const CHROMIUM = '/usr/bin/chromium'
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync']
/** Where a picture of the page goes, for people to look at. */
const SHOTS = process.env['MUHR_SHOTS']

describe.skipIf(!existsSync(CHROMIUM))('the pages of Sign.Me in Chromium', () => {
  const bench = useSignme()
  let signme: ReturnType<typeof signmeClient>
  let browser: Browser

  beforeAll(async () => {
    ;({ signme } = bench)
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
  })
  afterAll(() => browser?.close())

  const open = async (
    path: string,
    { width = 900, colorScheme = 'light' as 'light' | 'dark' } = {},
  ): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height: 860 }, colorScheme })
    page.on('pageerror', (error) => {
      throw error
    })
    await page.goto(`${signme.base}${path}`)

    return page
  }
  const shot = async (page: Page, name: string): Promise<void> => {
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `signme-${name}.png`) })
  }
  const group = (more: object = {}) => ({
    files: [
      {
        filet: Buffer.from(bench.fresh()).toString('base64'),
        fname: 'Договор оказания услуг № 14.pdf',
      },
      {
        filet: Buffer.from(`${bench.fresh()}опись`).toString('base64'),
        fname: 'Опись документов.txt',
      },
    ],
    key: 'TESTKEY',
    user_ph: '+79990000001',
    ...more,
  })

  it('signs with password and code; a wrong password is said and nothing is lost', async () => {
    const bytes = bench.fresh()
    const suffix = await signme.sign(packageFor(bytes, { forcesms: 1 }))
    const page = await open(`/signapi/sjson/${suffix}`)
    expect(await page.title()).toBe('Подписание документов · Sign.Me TEST')
    await shot(page, 'sign')
    await page.getByLabel('Пароль от Sign.Me').fill('wrong')
    await page.getByLabel('Код из СМС').fill('100001')
    await page.getByRole('button', { name: 'Подписать' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('Неверный пароль')
    expect(await page.getByLabel('Пароль от Sign.Me').getAttribute('aria-invalid')).toBe('true')
    await shot(page, 'wrong-password')
    expect(await signme.status(suffix)).toEqual({ status: '0' })
    await page.getByLabel('Пароль от Sign.Me').fill('anna-TEST-01')
    await page.getByLabel('Код из СМС').fill('100001')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Документ подписан' }).waitFor()
    await shot(page, 'signed')
    expect(await signme.status(suffix)).toEqual({ status: '1' })
    expect(await signme.check({ md5: md5Of(bytes) })).toMatchObject({ count: 1 })
    await page.reload()
    expect(await signme.check({ md5: md5Of(bytes) })).toMatchObject({ count: 1 })
    await page.close()
  })

  it('refuses a group with a reason, and shows its documents', async () => {
    const uuid = await signme.multi(group())
    const page = await open(`/signapi/multijson/${uuid}`)
    await page.getByText('Отказаться от подписи').click()
    await page.getByLabel('Причина отказа').fill('Ошибка в сумме')
    await shot(page, 'refuse')
    const [document] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Опись документов.txt' }).click(),
    ])
    await document.waitForLoadState()
    expect(await document.textContent('body')).toContain('опись')
    await document.close()
    await page.getByRole('button', { name: 'Отклонить' }).click()
    await page.getByRole('heading', { name: 'Запрос отклонён' }).waitFor()
    await shot(page, 'refused')
    expect(await signme.multiStatus(uuid)).toEqual({ status: '2', comment: 'Ошибка в сумме' })
    await page.close()
  })

  it('returns to the site of the sender, also out of a frame there', async () => {
    const site = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      const suffix = new URL(request.url ?? '/', 'http://x').searchParams.get('suffix')
      response.end(
        suffix === null
          ? `<p id="back">${request.url}</p>`
          : `<h1>Сайт отправителя</h1><iframe title="Sign.Me" style="width:100%;height:640px" src="${signme.base}/signapi/sjson/${suffix}"></iframe>`,
      )
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const address = site.address()
    // Another host than that of Sign.Me: the browser holds it for another site.
    const base = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
    try {
      const suffix = await signme.sign(
        packageFor(bench.fresh(), {
          url: `${base}/r?x=1`,
          user_ph: '+79990000007',
          company_inn: '9999000045',
        }),
      )
      const page = await browser.newPage({ viewport: { width: 700, height: 800 } })
      await page.goto(`${base}/?suffix=${suffix}`)
      const frame = page.frameLocator('iframe')
      await frame.getByText('ООО "TEST КЛИЕНТ"').waitFor()
      await shot(page, 'frame')
      await frame.getByLabel('Пароль от Sign.Me').fill('zoya-TEST-07')
      await frame.getByRole('button', { name: 'Подписать' }).click()
      expect(await frame.locator('#back').textContent()).toBe('/r?x=1&signed=true')
      expect(await signme.status(suffix)).toEqual({ status: '1' })
      await page.close()
    } finally {
      site.closeAllConnections()
      site.close()
    }
  })

  it('lets people log in to what waits for them, by the keyboard alone', async () => {
    await signme.multi(group())
    const page = await open('/')
    await page.getByLabel('Телефон или эл. почта').focus()
    await page.keyboard.type('+79990000001')
    await page.keyboard.press('Tab')
    await page.keyboard.type('anna-TEST-01')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Мои документы' }).waitFor()
    await shot(page, 'cabinet')
    await page
      .getByRole('link', { name: /и ещё 1/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'Подпишите документы' }).waitFor()
    const uuid = page.url().split('/').at(-1) ?? ''
    await page.getByRole('link', { name: 'подписать отдельно' }).first().click()
    await page.getByLabel('Пароль от Sign.Me').fill('anna-TEST-01')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Документ подписан' }).waitFor()
    expect(await signme.multiStatus(uuid)).toMatchObject({ status: 4 })
    await page.close()
  })

  it('shows who signed, by the script of the check', async () => {
    const bytes = bench.fresh()
    await signme.act(await signme.sign(packageFor(bytes)), 'sign', { user: 'anna' })
    const uuid = await (
      await signme.post('/signaturecheck/request', 'jsonrequest', {
        key: 'TESTKEY',
        hash: md5Of(bytes),
      })
    ).text()
    const page = await browser.newPage()
    await page.setContent(
      `<p>До</p><script src="${signme.base}/signaturecheck/iframe/${uuid}"></script>`,
    )
    await page.frameLocator('iframe').getByText('АННИНА').waitFor()
    await shot(page, 'check')
    await page.close()
  })

  it('keeps everything within 390 and 320 px, light and dark', async () => {
    const uuid = await signme.multi(
      group({ forcesms: 1, user_ph: '+79990000007', company_inn: '9999000045' }),
    )
    for (const width of [390, 320]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open(`/signapi/multijson/${uuid}`, { width, colorScheme })
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        await shot(page, `${width}-${colorScheme}`)
        await page.close()
      }
    }
  })
})
