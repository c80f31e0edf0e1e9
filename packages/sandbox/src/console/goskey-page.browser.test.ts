import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import {
  askToken,
  controlOf,
  epguClient,
  openSender,
  packageOf,
  type Sender,
} from '../testing/epgu-client.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'

const CHROMIUM = '/usr/bin/chromium'
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync']
/** Where a picture of the page goes, for people to look at. */
const SHOTS = process.env['MUHR_SHOTS']

describe.skipIf(!existsSync(CHROMIUM))('the phone page of Goskey in Chromium', () => {
  let dir: string
  let sandbox: Sandbox
  let browser: Browser
  let sender: Sender
  let client: ReturnType<typeof epguClient>

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muhr-goskey-'))
    sandbox = await startSandbox({ dir, ports: FREE_PORTS, epguStepMs: 0 })
    sender = await openSender(sandbox)
    const token = await askToken(sandbox, sender)
    client = epguClient(sandbox, () => token)
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
    await rm(dir, { recursive: true, force: true })
  })

  const queue = async (): Promise<number> => {
    const id = await client.reserve()
    await client.chunk(
      id,
      await packageOf(sender, {
        documents: [
          { name: 'dogovor.pdf', bytes: Buffer.from('%PDF-1.4 TEST\n') },
          { name: 'opis.txt', bytes: Buffer.from('Опись\n') },
        ],
      }),
    )
    await client.settled(id)

    return id
  }
  const open = async (query: Record<string, string>, width = 1360): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    await page.goto(`${sandbox.ready.goskey.phone}?${new URLSearchParams(query)}`)
    await page.waitForSelector('#phone[data-state]')

    return page
  }
  const statusOf = async (id: number): Promise<[number, string]> => {
    const { order } = await client.details(id)

    return [order.orderStatusId, order.stateOrgStatusCode]
  }

  it('shows a request that comes while it is open, previews its text, and signs', async () => {
    const page = await open({ lang: 'ru' })
    expect(await page.textContent('#screen')).toContain('Подписывать нечего')
    const id = await queue()
    await page.waitForSelector('#sign')
    expect(await page.textContent('#sign')).toBe('Подписать 2 документа')
    expect(await page.textContent('#screen')).toContain('ООО "TEST РОМАШКА"')
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'goskey-request.png') })
    await page.locator('.pd button').nth(1).click()
    await page.waitForSelector('#preview[open]')
    await expect.poll(() => page.textContent('#preview-body')).toContain('Опись')
    await page.click('#preview-close')
    await page.click('#sign')
    await page.waitForSelector('#phone[data-state=done]')
    expect(await page.textContent('#screen')).toContain('Документы подписаны')
    expect(await statusOf(id)).toEqual([3, 'done'])
    await expect.poll(() => page.textContent('#status')).toBe('')
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'goskey-signed.png') })
    await page.close()
  })

  it('refuses, lets expire, and signs with what is chosen to be wrong', async () => {
    const [rejected, expired, wrong] = [await queue(), await queue(), await queue()]
    const page = await open({ lang: 'uz' })
    expect(await page.textContent('#screen')).toContain(String(wrong))
    // The last one that came stands first.
    await page.locator('.open-order').nth(2).click()
    await page.click('#reject')
    await page.waitForSelector('#phone[data-state=done]')
    await page.click('#next')
    await page.locator('.open-order').nth(1).click()
    await page.click('#expire')
    await page.waitForSelector('#phone[data-state=done]')
    await page.selectOption('#fault', 'missing')
    await page.click('#next')
    await page.click('#sign')
    await page.waitForSelector('#phone[data-state=done]')
    expect(await statusOf(rejected)).toEqual([4, 'sign_reject'])
    expect(await statusOf(expired)).toEqual([4, 'expired'])
    expect((await client.details(wrong)).order.orderResponseFiles).toHaveLength(4)
    await page.close()
  })

  it('leaves an open request where it is when another one comes, and shows the sandbox’s time', async () => {
    const first = await queue()
    const page = await open({ lang: 'en' })
    await page.waitForSelector('#sign')
    const second = await queue()
    await expect.poll(() => page.textContent('#status'), { timeout: 10_000 }).toContain('2')
    await page.click('#sign')
    await page.waitForSelector('#phone[data-state=done]')
    expect(await statusOf(first)).toEqual([3, 'done'])
    expect(await statusOf(second)).toEqual([17, ''])
    const before = await page.textContent('#time')
    const control = controlOf(sandbox)
    await control('clock', 'PUT', { offsetMs: 3 * 3_600_000 })
    await expect.poll(() => page.textContent('#time'), { timeout: 10_000 }).not.toBe(before)
    await control('clock', 'PUT', { offsetMs: 0 })
    await control(`epgu/orders/${second}/reject`, 'POST', {})
    await page.close()
  })

  it('says in four languages that there is nothing for another person', async () => {
    for (const [lang, text] of [
      ['ru', 'Подписывать нечего'],
      ['kk', 'Қол қоятын ештеңе жоқ'],
      ['uz', 'Imzolaydigan narsa yoʻq'],
      ['en', 'Nothing to sign'],
    ] as const) {
      const page = await open({ lang, recipient: 'zoya' })
      expect(await page.textContent('#screen')).toContain(text)
      expect(await page.isChecked('input[value=zoya]')).toBe(true)
      await page.close()
    }
  })

  it('keeps everything within 390 and 320 px, light and dark', async () => {
    await queue()
    for (const width of [390, 320]) {
      for (const theme of ['light', 'dark']) {
        const page = await open({ lang: 'kk', theme }, width)
        await page.waitForSelector('#sign')
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        await page.close()
      }
    }
  })
})
