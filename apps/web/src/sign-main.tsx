import './styles/sign.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { asProblem } from './api/problem.ts'
import { chooseLocale } from './i18n/choose-locale.ts'
import { langOf } from './i18n/text-context.tsx'
import { signerApi, tokenOf } from './sign/api.ts'
import { loadSignTexts } from './sign/load-texts.ts'
import { readEmbeddedView } from './sign/read-embedded-view.ts'
import { SignerRoot, type SignerStart } from './sign/signer-root.tsx'

async function start(): Promise<void> {
  const root = document.getElementById('root')

  if (root === null) return

  const api = signerApi(tokenOf(location.pathname))
  const embedded = readEmbeddedView(document)
  const state: SignerStart =
    embedded === undefined
      ? await api.view().then(
          (view) => ({ kind: 'view', view }),
          (error: unknown) => ({ kind: 'problem', problem: asProblem(error) }),
        )
      : { kind: 'view', view: embedded }
  const locale = chooseLocale([
    new URLSearchParams(location.search).get('lang'),
    state.kind === 'view' ? state.view.recipient.locale : undefined,
    ...navigator.languages,
  ])
  const texts = await loadSignTexts(locale)
  document.documentElement.lang = langOf(locale)
  createRoot(root).render(
    <StrictMode>
      <SignerRoot api={api} start={state} texts={texts} />
    </StrictMode>,
  )
}

void start()
