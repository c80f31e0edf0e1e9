import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { instantAfter, type Provider } from '@muhr/envelope'
import { writePkcs12 } from '@muhr/pki'
import { egovMobileProvider } from '@muhr/provider-egov-mobile/server'
import {
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '@muhr/server/testing'
import {
  createOpensslPeer,
  createTestAuthority,
  hasGostEngine,
  type OpensslPeer,
  type TestAuthority,
  type TestOrganisationKey,
} from '@muhr/signer-key/testing'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser, type TestBrowser } from './open-browser.ts'
import { type PlugInCalls, putPlugIn } from './stand-in-plug-in.ts'

const isBuilt = existsSync(join(import.meta.dirname, '../../../web/dist/index.html'))
const stepMs = 20_000
const pin = 'Пин-12345678'
const phone = { width: 390, height: 780 }

/** A service that wants a package of two files sealed, and then waits. */
const sealing: Provider = {
  ...egovMobileProvider,
  describe: () => {
    const own = egovMobileProvider.describe()

    return { ...own, id: 'sealing', traits: { ...own.traits, idempotency: 'reserved' } }
  },
  parseConnection: () => ({ ok: true, connection: {} }),
  plan: ({ method, documents }) => ({
    kind: 'planned',
    requests: [
      {
        method,
        contents: documents.map((each) => ({ document: each.id, derivation: 'identity' })),
        seals: [{ purpose: 'goskey-package', items: 'built' }],
      },
    ],
  }),
  prepareSeal: async ({ request, dispatchAt, now }) => ({
    kind: 'prepared',
    items: [
      {
        name: 'req.xml',
        format: 'raw',
        bytes: Buffer.from(`<SignRequest id="${request.id}" at="${now}"/>`),
      },
      ...request.contents.map(({ document, position }) => ({
        name: document.fileName,
        format: 'raw' as const,
        content: position,
      })),
    ],
    due: instantAfter(dispatchAt > now ? dispatchAt : now, 3_600_000),
  }),
  advance: () => ({ kind: 'await' }),
  present: () => ({ links: [] }),
}

describe.skipIf(!hasChromium || !isBuilt)('keys, and what they sign, in Chromium', () => {
  let muhr: TestInstallation
  let browser: TestBrowser
  let authority: TestAuthority
  let peer: OpensslPeer
  let owner: Page
  let clerkKey: TestOrganisationKey
  let plugIn: PlugInCalls

  beforeAll(async () => {
    peer = createOpensslPeer()
    authority = await createTestAuthority()
    clerkKey = await authority.issue()
    muhr = await startTestInstallation({
      env: { MUHR_SECRET_KEY: '11'.repeat(32) },
      providers: [sealing],
    })
    browser = await openBrowser()
    owner = await browser.open()
    plugIn = await putPlugIn(owner, clerkKey)
    await owner.goto(muhr.access.loginUrl)
    await owner.getByTestId('sandbox-strip').waitFor({ timeout: stepMs })
  })
  afterAll(async () => {
    await browser?.close()
    await muhr?.stop()
    peer?.remove()
  })

  const open = (path: string) => owner.goto(`${muhr.server.url}${path}`)
  const storeOf = ({ pkcs8, certificate }: TestOrganisationKey) => ({
    name: 'organisation.p12',
    mimeType: 'application/x-pkcs12',
    buffer: Buffer.from(
      writePkcs12({ password: pin, entries: [{ key: pkcs8, certificates: [certificate] }] }),
    ),
  })
  /** The same page as others see it: dark, and on a phone. */
  const shootAll = async (name: string, path: string, ready: string) => {
    await browser.shoot(owner, name)
    const state = await owner.context().storageState()
    for (const [suffix, options] of [
      ['dark', { colorScheme: 'dark' as const }],
      ['390', { viewport: phone }],
    ] as const) {
      const page = await browser.open({ ...options, storageState: state })
      await page.goto(`${muhr.server.url}${path}`)
      await page.getByTestId(ready).first().waitFor({ timeout: stepMs })
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth),
        `${name} ${suffix}`,
      ).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0)
      await browser.shoot(page, `${name}-${suffix}`)
      await page.context().close()
    }
  }

  describe('signer keys', () => {
    it('a file is refused by its name, then added, shown, and tried', async () => {
      await open('/settings/keys')
      await owner.getByTestId('key-row').waitFor({ timeout: stepMs })
      await owner.getByTestId('add-key').click()
      await owner.getByTestId('save-key').click()
      await owner.getByText('Заполните это поле.').waitFor({ timeout: stepMs })

      const key = await authority.issue()
      await owner.getByTestId('key-input').setInputFiles(storeOf(key))
      await owner.getByTestId('key-pin').fill('wrong')
      await owner.getByTestId('save-key').click()
      await owner
        .getByTestId('fault')
        .filter({ hasText: 'Пароль не подошёл' })
        .waitFor({ timeout: stepMs })
      expect(await owner.getByTestId('key-pin').getAttribute('aria-invalid')).toBe('true')
      await browser.shoot(owner, 'keys-refused')

      await owner.getByTestId('key-pin').fill(pin)
      await owner.getByLabel('Название').fill('Ключ бухгалтерии')
      await owner.getByTestId('save-key').click()
      const detail = owner.getByTestId('key-detail')
      await detail.getByText('Ключ бухгалтерии').waitFor({ timeout: stepMs })
      await detail.getByText('ГОСТ Р 2012, 256').waitFor({ timeout: stepMs })
      expect(await detail.textContent()).toContain('1009900000000')
      expect(await detail.textContent(), 'the SNILS is masked').not.toContain('00000000000,')

      await owner.getByTestId('check-key').click()
      await owner
        .getByTestId('trial')
        .filter({ hasText: 'Пробная подпись удалась' })
        .waitFor({ timeout: stepMs })
      await shootAll('keys', '/settings/keys', 'key-row')
    })

    it('the folder of a container is told what it misses', async () => {
      await open('/settings/keys')
      await owner.getByTestId('add-key').click()
      await owner.getByTestId('key-input').setInputFiles(
        ['header.key', 'name.key', 'primary.key', 'masks.key'].map((name) => ({
          name,
          mimeType: 'application/octet-stream',
          buffer: Buffer.from('x'),
        })),
      )
      await owner.getByText('Не хватает 2 файлов').waitFor({ timeout: stepMs })
      expect(await owner.getByTestId('key-parts').getByText('masks2.key').count()).toBe(1)
      await browser.shoot(owner, 'keys-container')
    })

    it('each way has its fields', async () => {
      for (const way of ['csp', 'pkcs11', 'remote']) {
        await owner.getByTestId(`way-${way}`).check()
        await browser.shoot(owner, `keys-way-${way}`)
      }
      await owner.getByTestId('key-url').fill('https://intranet.example.ru/sign')
      await owner.getByTestId('key-thumbprint').fill('0'.repeat(40))
      await owner.getByTestId('key-secret').fill('secret')
      await owner.getByTestId('save-key').click()
      await owner
        .getByTestId('fault')
        .filter({ hasText: 'Адрес службы не разрешён' })
        .waitFor({ timeout: stepMs })
    })

    it('a certificate is taken out of the plug-in, and its key stays there', async () => {
      await owner.getByTestId('way-browser-plugin').check()
      await owner.getByTestId('ask-plugin').click()
      await owner.getByTestId('plugin-certificate').waitFor({ timeout: stepMs })
      await browser.shoot(owner, 'keys-way-plugin')
      await owner.getByTestId('save-key').click()
      await owner
        .getByTestId('key-detail')
        .getByText('плагин в браузере')
        .waitFor({ timeout: stepMs })
      await owner.getByTestId('check-key').click()
      await owner
        .getByTestId('trial')
        .filter({ hasText: 'Сертификат годится' })
        .waitFor({ timeout: stepMs })
    })

    it('is acknowledged and removed only after a question', async () => {
      await owner
        .getByTestId('key-row')
        .filter({ hasText: 'бухгалтерии' })
        .getByRole('link')
        .click()
      await owner.getByTestId('acknowledge-key').click()
      await browser.shoot(owner, 'keys-acknowledge')
      await owner.getByTestId('acknowledge-dialog-confirm').click()
      await owner
        .getByTestId('acknowledgement')
        .getByText('Принято к сведению')
        .waitFor({ timeout: stepMs })
      await owner.getByTestId('remove-key').click()
      expect(
        await owner.evaluate(() => document.activeElement?.textContent),
        'the focus starts on "no"',
      ).toBe('Отмена')
      await browser.shoot(owner, 'keys-remove')
      await owner.getByTestId('remove-dialog-confirm').click()
      await expect.poll(() => owner.getByTestId('key-row').count(), { timeout: stepMs }).toBe(2)
    })
  })

  describe('seals', () => {
    let connection: string
    beforeAll(async () => {
      const keys = await muhr.api.call<{ items: { id: string; kind: string }[] }>('/v1/keys')
      const key = keys.body.items.find(({ kind }) => kind === 'browser-plugin')?.id
      const made = await muhr.api.call<{ id: string }>('/v1/connections', {
        method: 'POST',
        json: { provider: 'sealing', name: 'Госключ, тестовый контур', signerKey: key },
      })
      connection = made.body.id
    })

    const send = async (title: string, files: readonly string[]): Promise<string> => {
      const documents = await Promise.all(
        files.map(async (fileName) => (await muhr.api.upload(samplePdf(), { fileName })).body.id),
      )
      const wish = wishFor(muhr.ready, documents)
      const { body } = await muhr.api.create({
        ...wish,
        title,
        recipients: wish.recipients.map((recipient) => ({
          ...recipient,
          methods: recipient.methods.map((method) => ({
            ...method,
            provider: 'sealing',
            connection,
          })),
        })),
      })

      return body.id
    }
    const waiting = async () =>
      (await muhr.api.call<{ items: { id: string }[] }>('/v1/seals')).body.items

    it('wait with a count, and are signed by one confirmation', async () => {
      await send('Договор поставки № 17', ['Договор.pdf', 'Приложение 1.pdf'])
      await send('Акт сверки', ['Акт.pdf'])
      await expect.poll(async () => (await waiting()).length, { timeout: stepMs }).toBe(2)
      await open('/seals')
      await owner.getByTestId('seal-task').nth(1).waitFor({ timeout: stepMs })
      expect(await owner.getByTestId('seal-item').count()).toBe(5)
      expect(await owner.getByTestId('nav-seals').textContent()).toContain('2')
      await shootAll('seals', '/seals', 'seal-task')

      const before = plugIn.digests.length
      await owner.getByTestId('confirm-seals').click()
      await owner.getByTestId('seals-made').waitFor({ timeout: stepMs })
      expect(plugIn.digests.length - before).toBe(5)
      expect(await waiting()).toEqual([])
      await browser.shoot(owner, 'seals-made')
    })

    it('what the plug-in made is accepted by OpenSSL over the stored bytes', async () => {
      if (!hasGostEngine()) return
      const rows = await muhr.sql<{ artifacts: string[]; items: { sha256: string }[] }>(
        `select artifacts, items from seals where state = 'made'`,
      )
      expect(rows).toHaveLength(2)
      const bytesOf = async (sha256: string) => {
        const pieces: Uint8Array[] = []
        for await (const piece of muhr.server.app.store.open(sha256 as never)) pieces.push(piece)

        return Buffer.concat(pieces)
      }
      for (const { artifacts, items } of rows) {
        expect(artifacts).toHaveLength(items.length)
        for (const [index, item] of items.entries()) {
          const content = await bytesOf(item.sha256)
          const seal = await bytesOf(artifacts[index] ?? '')
          expect(peer.accepts(seal, { content, authority: authority.certificate })).toBe(true)
        }
      }
    })

    it('are left as they are when the clerk cancels, or signs something else', async () => {
      await send('Дополнительное соглашение', ['Соглашение.pdf'])
      await expect.poll(async () => (await waiting()).length, { timeout: stepMs }).toBe(1)
      await open('/seals')
      await owner.getByTestId('seal-task').waitFor({ timeout: stepMs })
      plugIn.fault = 'cancelled'
      await owner.getByTestId('confirm-seals').click()
      await owner
        .getByTestId('plugin-fault')
        .filter({ hasText: 'Подпись отменена' })
        .waitFor({ timeout: stepMs })
      plugIn.fault = 'other-content'
      await owner.getByTestId('confirm-seals').click()
      await owner.getByTestId('seal-refused').waitFor({ timeout: stepMs })
      await browser.shoot(owner, 'seals-refused')
      plugIn.fault = undefined
      expect(await waiting()).toHaveLength(1)
    })

    it('that went stale meanwhile are told and loaded again', async () => {
      const [task] = await waiting()
      await owner.route('**/v1/seals/*', async (route) => {
        await muhr.sql(`update seals set state = 'stale' where id = $1`, [task?.id])
        await route.continue()
      })
      await owner.getByTestId('confirm-seals').click()
      await owner.getByTestId('seals-stale').waitFor({ timeout: stepMs })
      await owner.unroute('**/v1/seals/*')
      await expect.poll(() => owner.getByTestId('seal-task').count(), { timeout: stepMs }).toBe(0)
      await browser.shoot(owner, 'seals-stale')
    })

    it('without a plug-in are told what to install', async () => {
      await send('Ещё один', ['Ещё один.pdf'])
      await expect.poll(async () => (await waiting()).length, { timeout: stepMs }).toBe(1)
      const page = await browser.open({ storageState: await owner.context().storageState() })
      // A plug-in that is there and broken: the vendor's own script rejects then.
      await page.addInitScript(() => {
        const broken = Promise.reject(new Error('Плагин недоступен'))
        broken.catch(() => undefined)
        Reflect.set(window, 'cadesplugin', broken)
      })
      await page.goto(`${muhr.server.url}/seals`)
      await page.getByTestId('confirm-seals').click()
      await page
        .getByTestId('plugin-fault')
        .filter({ hasText: 'Плагин не отвечает' })
        .waitFor({ timeout: stepMs })
      await browser.shoot(page, 'seals-no-plugin')
      await page.context().close()
    })
  })

  describe('connections', () => {
    const fresh = 'c3d4e5f6-0718-4a9b-8c7d-6e5f40312211'
    const csv = (text: string) => ({
      name: 'api-keys.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    })
    type Listed = {
      readonly items: readonly {
        readonly id: string
        readonly provider: string
        readonly name: string
        readonly state: string
        readonly settings: {
          readonly apiKeys?: readonly { readonly name: string; readonly signerKey?: string }[]
        }
      }[]
    }
    const listed = async () => (await muhr.api.call<Listed>('/v1/connections')).body.items
    const goskey = async () => (await listed()).find(({ provider }) => provider === 'goskey')

    it('are listed with their state, and looked at as the doctor does', async () => {
      await open('/settings/connections')
      await owner.getByTestId('connection-row').nth(1).waitFor({ timeout: stepMs })
      await shootAll('connections', '/settings/connections', 'connection-row')
      await owner
        .getByTestId('connection-row')
        .filter({ hasText: 'eGov Mobile' })
        .getByRole('link')
        .click()
      await owner.getByTestId('check-connection').click()
      await owner.getByTestId('findings').waitFor({ timeout: stepMs })
      expect(await owner.getByTestId('findings').locator('[data-result=failed]').count()).toBe(0)
      await browser.shoot(owner, 'connection-egov')
    })

    it('take API-Keys out of a file after showing what was understood', async () => {
      const known = await goskey()
      const before = known?.settings.apiKeys?.length ?? 0
      const path = `/settings/connections/${known?.id}`
      await open(path)
      await owner.getByTestId('api-key').first().waitFor({ timeout: stepMs })
      await owner
        .getByTestId('api-key-file')
        .setInputFiles(
          csv(
            `ФИО;API-Key;Действует до\nОбразцова Проба;${fresh};01.09.2027\nПовтор;${fresh};\nПусто;;\n`,
          ),
        )
      await owner.getByTestId('import-row').waitFor({ timeout: stepMs })
      const refused = await owner.getByTestId('import-refused').textContent()
      expect(refused).toContain('Строка 3: повтор строки 2')
      expect(refused).toContain('Строка 4: нет API-Key')
      await browser.shoot(owner, 'connection-import')
      expect((await goskey())?.settings.apiKeys).toHaveLength(before)
      await owner.getByTestId('import-add').click()
      await owner.getByTestId('save-connection').click()
      await expect
        .poll(async () => (await goskey())?.settings.apiKeys?.at(-1)?.name, { timeout: stepMs })
        .toBe('Образцова Проба')
      expect(JSON.stringify(await goskey())).not.toContain(fresh)
      expect(await owner.content()).not.toContain(fresh)
      await shootAll('connection-goskey', path, 'api-key')
    })

    it('have each refusal at its field', async () => {
      await open('/settings/connections/new?provider=goskey')
      await owner.getByTestId('connection-name').fill('Госключ, продуктив')
      await owner.getByTestId('setting-organisationInn').fill('7700000001')
      await owner.getByTestId('save-connection').click()
      await owner.getByTestId('fault').waitFor({ timeout: stepMs })
      expect(await owner.getByTestId('setting-organisationInn').getAttribute('aria-invalid')).toBe(
        'true',
      )
      await browser.shoot(owner, 'connection-refused')
    })

    it('are switched off only after a question', async () => {
      await open('/settings/connections/new?provider=egov-mobile')
      await owner.getByTestId('connection-name').fill('eGov, второй')
      await owner.getByTestId('save-connection').click()
      await owner.waitForURL(/\/settings\/connections\/con_/, { timeout: stepMs })
      await owner.getByTestId('disable').click()
      await owner.getByTestId('disable-dialog-confirm').click()
      await owner.getByTestId('enable').waitFor({ timeout: stepMs })
      expect((await listed()).find(({ name }) => name === 'eGov, второй')?.state).toBe('disabled')
    })
  })

  it('nothing broke on the way', () => {
    const own = browser.faults.filter((fault) => !/status of 4\d\d/.test(fault))
    expect(own).toEqual([])
  })
})
