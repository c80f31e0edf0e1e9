import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'
import { startHttpService } from '../testing/http-service.ts'
import { freshApi1, oneDocument, PDF, signedOf, TOKEN } from '../testing/phone-bench.ts'

const CHROMIUM = '/usr/bin/chromium'
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

describe.skipIf(!existsSync(CHROMIUM))('the phone page in Chromium', () => {
  let dir: string
  let sandbox: Sandbox
  let browser: Browser
  let service: Awaited<ReturnType<typeof startHttpService>>
  let status = 200

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muhr-sandbox-'))
    sandbox = await startSandbox({ dir, ports: FREE_PORTS })
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
    service = await startHttpService({
      api1: freshApi1,
      api2: oneDocument('CMS_SIGN_ONLY'),
      token: TOKEN,
      answer: () => Response.json({ message: 'қолтаңба басқа адамдікі' }, { status }),
    })
  })
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
    await sandbox?.stop()
    await rm(dir, { recursive: true, force: true })
  })

  const open = async (
    query: Record<string, string>,
    view = { width: 1360, height: 900 },
  ): Promise<Page> => {
    const page = await browser.newPage({ viewport: view })
    await page.goto(`${sandbox.ready.egovMobile.phone}?${new URLSearchParams(query)}`)
    await page.waitForSelector('#phone[data-state]')

    return page
  }
  const link = (): string => service.qr.slice('mobileSign:'.length)
  const state = (page: Page) => page.getAttribute('#phone', 'data-state')

  it('another person chosen while the code is still being read is the one who signs', async () => {
    const page = await open({})
    // The first answer is held back until the second person was chosen.
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let scans = 0
    await page.route('**/scan', async (route) => {
      scans += 1
      if (scans === 1) await held
      await route.continue()
    })
    await page.fill('#link', service.qr)
    await page.press('#link', 'Enter')
    await page.waitForSelector('#phone[data-state=opening]')
    await page.locator('#people input[type=radio]').nth(2).check({ force: true })
    await page.waitForSelector('#phone[data-state=opened]')
    release()
    await page.waitForFunction(() =>
      document.querySelector('#screen')?.textContent?.includes('ПРОБНЫЙ'),
    )
    expect(await page.textContent('#screen')).toContain('ПРОБНЫЙ')
    await page.close()
  })

  it('opens the link it was launched with, signs, and shows what was sent', async () => {
    status = 200
    const page = await open({ link: link(), lang: 'ru' })
    await page.waitForSelector('#sign')
    expect(await page.textContent('#sign')).toBe('Подписать 1 документ')
    expect(await page.textContent('#screen')).toContain('Договор аренды')
    await page.click('#sign')
    await page.waitForSelector('#phone[data-state="done"]')
    expect(await page.textContent('#screen')).toContain('Документы подписаны')
    expect(await page.locator('#journal li').count()).toBe(3)
    expect(await page.textContent('#journal')).not.toContain(TOKEN)
    const [container] = signedOf(service.puts.at(-1)?.text ?? '')
    expect(container?.length).toBeGreaterThan(1000)
    await page.close()
  })

  it('shows the refusal of the service in its words and lets the person sign again', async () => {
    status = 403
    const page = await open({ link: link(), lang: 'kk', fault: 'other-person' })
    await page.click('#sign')
    await page.waitForSelector('#phone[data-state="refused"]')
    expect(await page.textContent('#screen')).toContain('қолтаңба басқа адамдікі')
    status = 200
    await page.selectOption('#fault', 'none')
    await page.click('#again')
    await page.click('#sign')
    await page.waitForSelector('#phone[data-state="done"]')
    await page.close()
  })

  it('declines with the button', async () => {
    status = 200
    const page = await open({ link: link(), lang: 'uz' })
    await page.click('#decline-now')
    await page.waitForSelector('#phone[data-state="done"]')
    expect(service.puts.at(-1)?.text).toContain('"status":"CANCELED"')
    await page.close()
  })

  it('reads a QR out of a picture', async () => {
    const page = await open({ lang: 'en' })
    await page.setInputFiles('#image', join(import.meta.dirname, '../testing/qr-sample.png'))
    await page.waitForSelector('#phone[data-state="error"]')
    expect(await page.inputValue('#link')).toBe('mobileSign:https://gate.kz/mgovSign?id=42')
    expect(await page.textContent('#screen')).toContain('host.not-allowed')
    await page.close()
  })

  it('shows a document before it is signed', async () => {
    const page = await open({ link: link() })
    await page.click('.pd button')
    await page.waitForSelector('#preview-save[href^="blob:"]')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('#preview-save'),
    ])
    expect(await readFile(await download.path())).toEqual(PDF)
    expect(await page.getAttribute('#preview', 'open')).not.toBeNull()
    await page.close()
  })

  it('keeps everything within 390 and 320 px in the longest language, light and dark', async () => {
    for (const width of [390, 320]) {
      for (const theme of ['light', 'dark']) {
        const page = await open({ link: link(), lang: 'kk', theme }, { width, height: 844 })
        await page.waitForSelector('#sign')
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        await page.close()
      }
    }
  })

  it('leaves the phone alone on the page when embedded', async () => {
    const page = await open({ link: link(), embed: '1' })
    await page.waitForSelector('#sign')
    expect(await page.isVisible('.top')).toBe(false)
    expect(await page.isVisible('.sim')).toBe(true)
    await page.close()
  })

  it('says that it waits while nothing is scanned', async () => {
    const page = await open({})
    expect(await state(page)).toBe('idle')
    await page.click('#scan')
    expect(await page.textContent('#scan-note')).not.toBe('')
    expect(await state(page)).toBe('idle')
    await page.close()
  })
})
