import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const executablePath = process.env['MUHR_CHROMIUM'] ?? '/usr/bin/chromium'

/** True where a Chromium is installed; without one the browser tests are skipped by name. */
export const hasChromium = existsSync(executablePath)

export type TestBrowser = {
  /** A page in a context of its own; what goes wrong inside is collected in `faults`. */
  readonly open: (options?: BrowserContextOptions) => Promise<Page>
  /** Page errors, console errors and answers of 500 and above. */
  readonly faults: readonly string[]
  /** Keeps a picture of the whole page, seen from its top, when `MUHR_SHOTS` names a folder. */
  readonly shoot: (page: Page, name: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Chromium without its own traffic, as on a closed network. */
export async function openBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const faults: string[] = []
  const folder = process.env['MUHR_SHOTS']

  return {
    faults,
    open: async (options = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1360, height: 850 },
        locale: 'ru-RU',
        timezoneId: 'Asia/Almaty',
        acceptDownloads: true,
        ...options,
      })
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error') {
          faults.push(`${page.url()}: ${message.text()}`)
        }
      })
      page.on('response', (response) => {
        if (response.status() >= 500) {
          faults.push(`${response.url()} answered ${response.status()}`)
        }
      })

      return page
    },
    shoot: async (page, name) => {
      if (folder !== undefined) {
        await mkdir(folder, { recursive: true })
        // What sticks to the window stands in a picture of the whole page where the page was scrolled to.
        await page.evaluate(() => window.scrollTo(0, 0))
        // A button that is busy for a moment shows dots instead of its words.
        await page
          .waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, undefined, {
            timeout: 2_000,
          })
          .catch(() => undefined)
        await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
      }
    },
    close: () => browser.close(),
  }
}
