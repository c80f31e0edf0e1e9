import { describe, expect, it } from 'vitest'
import type { SignerView } from './present-signer.ts'
import { renderSigner } from './render-signer.ts'

const page = '<!doctype html><html lang="ru"><body><!--muhr:view--></body></html>'
const hostile = `</script><script>alert("1")</script><img src=x onerror='alert(1)'>&`

function view(patch: Partial<SignerView> = {}): SignerView {
  return {
    mode: 'sandbox',
    organisation: { name: 'ТОО «Пример»', names: { kk: '«Мысал» ЖШС' }, bin: '001440000016' },
    title: 'Үлгі шарт',
    recipient: { name: 'Үлгіұлы Сынақ', locale: 'kk', identifiersMasked: { iin: '········0012' } },
    state: 'sent',
    envelopeState: 'sent',
    documents: [
      {
        position: 0,
        title: { ru: 'Акт' },
        fileName: 'act.pdf',
        mediaType: 'application/pdf',
        size: 600,
        sha256: 'ab'.repeat(32),
      },
    ],
    request: {
      id: 'req_1',
      provider: 'egov-mobile',
      method: 'CMS_SIGN_ONLY',
      state: 'open',
      round: 1,
      presentation: {
        qr: 'mobileSign:https://muhr.test/cb/x',
        links: [{ kind: 'egov-mobile', url: 'https://m.egov.kz/?link=x' }],
      },
    },
    ...patch,
  } as SignerView
}

const render = (
  shown: SignerView | undefined,
  wish: { readonly language?: string; readonly acceptLanguage?: string } = {},
) =>
  renderSigner(page, shown, {
    token: 'token',
    language: wish.language,
    acceptLanguage: wish.acceptLanguage,
  })

describe('the signer page without a script', () => {
  it('says who asks, for whom, what, and how to go on', () => {
    const html = render(view())
    for (const text of ['«Мысал» ЖШС', 'Үлгі шарт', '········0012', 'ab'.repeat(32)]) {
      expect(html).toContain(text)
    }
    expect(html).toContain('href="/s/token/api/documents/0"')
    expect(html).toContain('href="https://m.egov.kz/?link=x"')
  })

  it('leads to the page of a service that has one, and speaks of no code', () => {
    const html = render(
      view({
        request: {
          id: 'req_1',
          provider: 'signme',
          method: 'PERSON',
          state: 'open',
          round: 1,
          presentation: { links: [{ kind: 'page', url: 'https://sign.me/signapi/sjson/1/aa' }] },
        },
      }),
      { language: 'en' },
    )

    expect(html).toContain(
      '<a rel="noreferrer" href="https://sign.me/signapi/sjson/1/aa">Open Sign.Me</a>',
    )
    expect(html).not.toContain('code for the app')
  })

  it.each([
    [{ language: 'en' }, 'en'],
    [{}, 'kk'],
    [{ language: 'xx' }, 'kk'],
  ] as const)('speaks the language of the link, else of the recipient: %j', (wish, language) => {
    expect(render(view(), wish)).toContain(`<html lang="${language}"`)
  })

  it('speaks the language of the browser to whom nobody is known', () => {
    expect(render(undefined, { acceptLanguage: 'fr, uz;q=0.5' })).toContain('<html lang="uz"')
    expect(render(undefined)).toContain('<html lang="ru"')
  })

  it('runs nothing that a sender, a file or a person is called', () => {
    const html = render(
      view({
        title: hostile,
        reason: hostile,
        organisation: { name: hostile, names: { kk: hostile } },
        recipient: { name: hostile, locale: 'kk', identifiersMasked: { iin: hostile } },
        documents: [
          {
            position: 0,
            title: { kk: hostile },
            fileName: hostile,
            mediaType: 'application/pdf',
            size: 1,
            sha256: hostile,
          },
        ],
      }),
    )
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('<img')
    const scripts = html.match(/<script[^>]*>/g)
    expect(scripts).toEqual(['<script type="application/json" id="muhr-view">'])
    const data = /id="muhr-view">(.*?)<\/script>/s.exec(html)?.[1] ?? ''
    expect(JSON.parse(data)).toMatchObject({ title: hostile })
  })

  it('keeps to the text what looks like a pattern of replacement', () => {
    expect(render(view({ title: "$& $' $1" }))).toContain('$&amp; $&#39; $1')
  })
})
