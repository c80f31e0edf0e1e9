// @ts-check
/** The phone page: settings at the left, the phone in the middle, scanning and the journal at the right. */
import { call, Refusal } from './api.js'
import { byId, h, inputById, selectById } from './dom.js'
import { page, shortDate, shortTime, t } from './i18n.js'
import { showPreview } from './preview.js'
import { scanImage } from './scan-image.js'
import {
  busyScreen,
  idleScreen,
  journalRow,
  nameOf,
  openedScreen,
  personRow,
  refusalScreen,
  resultScreen,
} from './screens.js'

/** @type {{ accounts: any[], appVersions: string[], faults: { mode: string }[] }} */
const setup = await call('setup')

const parameters = new URLSearchParams(location.search)

const state = {
  account:
    setup.accounts.find(({ id }) => id === parameters.get('account'))?.id ?? setup.accounts[0].id,
  /** @type {string | undefined} */
  phone: undefined,
  /** @type {import('./screens.js').View | undefined} */
  view: undefined,
  isAgain: false,
  /** Counts scans: only the last one may show what it found. */
  scans: 0,
  text: '',
  calls: /** @type {any[]} */ ([]),
}

const settings = () => ({
  account: state.account,
  algorithm: selectById('algorithm').value,
  appVersion: selectById('version').value,
  language: selectById('language').value,
})

/** @param {'idle'|'opening'|'opened'|'signing'|'done'|'refused'|'error'} status @param {HTMLElement[]} elements */
function show(status, elements) {
  byId('status').textContent = t(`frame.${status}`)
  byId('phone').dataset['state'] = status
  const screen = byId('screen')
  // A tap replaces the button that was tapped: the keyboard must not fall back to the top of the page.
  const hadFocus = screen.contains(document.activeElement)
  screen.replaceChildren(...elements)
  if (hadFocus) screen.focus({ preventScroll: true })
}

function showIdle() {
  state.view = undefined
  show('idle', idleScreen())
}

function showOpened() {
  const { view } = state
  if (view === undefined) return showIdle()
  const { algorithm, language } = settings()
  const owner = setup.accounts.find(({ id }) => id === state.account)
  const key = owner.keys.find(
    (/** @type {{ algorithm: string }} */ each) => each.algorithm === algorithm,
  )
  const label = algorithm === 'rsa-2048' ? 'RSA-2048' : 'GOST 2015-512'
  show(
    'opened',
    openedScreen({
      view,
      language,
      owner: `${owner.surname} ${owner.name}`,
      key:
        key?.notAfter == null
          ? label
          : `${label}, ${t('key.until', { date: shortDate(key.notAfter) })}`,
      isAgain: state.isAgain,
      onPreview: (index) => void preview(index),
      onSign: () => void sign(),
      onDecline: () => void decline(),
    }),
  )
}

/** @param {unknown} cause @param {boolean} isSigning */
function showRefusal(cause, isSigning) {
  const refusal =
    cause instanceof Refusal ? cause : new Refusal({ code: 'other', message: String(cause) })
  const isKnown = `refusal.${refusal.code}` in page.messages
  show(
    'error',
    refusalScreen({
      refusal: isKnown ? refusal : new Refusal({ code: 'other', data: { found: refusal.code } }),
      isSigning,
      onBack: isSigning && refusal.code !== 'phone.already-done' ? showOpened : undefined,
      onNext: showIdle,
    }),
  )
}

/** @param {import('./screens.js').Outcome | null} outcome @param {boolean} isDecline */
function showResult(outcome, isDecline) {
  const isOver = outcome === null || outcome.kind === 'accepted' || isDecline
  state.isAgain = !isOver
  show(
    isOver ? 'done' : 'refused',
    resultScreen({ outcome, isDecline, onAgain: showOpened, onNext: showIdle }),
  )
}

async function scan() {
  const text = inputById('link').value.trim()
  if (text === '') return note(t('scan.empty'))
  note(t('scan.hint'))
  state.text = text
  state.isAgain = false
  // Whoever takes another phone meanwhile must not be left with this one's answer.
  state.scans += 1
  const mine = state.scans
  show('opening', busyScreen(t('frame.opening')))
  try {
    const { phone } = await call('phones', settings())
    const { view } = await call(`phones/${phone}/scan`, { text })
    if (mine !== state.scans) return
    state.phone = phone
    state.view = view
    showOpened()
  } catch (cause) {
    if (mine !== state.scans) return
    state.view = undefined
    showRefusal(cause, false)
  }
  await refreshJournal()
}

async function sign() {
  show('signing', busyScreen(t('frame.signing')))
  try {
    const fault = selectById('fault').value
    const { outcome } = await call(`phones/${state.phone}/sign`, { fault })
    showResult(outcome, fault === 'cancel' || fault === 'cancel-with-status')
  } catch (cause) {
    showRefusal(cause, true)
  }
  await refreshJournal()
}

async function decline() {
  show('signing', busyScreen(t('frame.signing')))
  try {
    const mode = selectById('decline').value
    const { outcome } = await call(`phones/${state.phone}/cancel`, { mode })
    showResult(outcome, true)
  } catch (cause) {
    showRefusal(cause, true)
  }
  await refreshJournal()
}

/** @param {number} index */
async function preview(index) {
  const document = state.view?.documents[index]
  if (document === undefined) return
  await showPreview({
    title: nameOf(document.names, settings().language),
    url: `/_sim/egov-mobile/phones/${state.phone}/documents/${index}`,
    display: document.display,
  })
}

async function refreshJournal() {
  if (state.phone !== undefined) {
    const { calls } = await call(`phones/${state.phone}/journal`).catch(() => ({ calls: [] }))
    state.calls = calls
  }
  byId('journal').replaceChildren(
    ...(state.calls.length === 0
      ? [h('li.empty', {}, t('journal.empty'))]
      : state.calls.map(journalRow)),
  )
}

/** @param {string} text */
function note(text) {
  byId('scan-note').textContent = text
}

/** @param {string} text */
function scanText(text) {
  inputById('link').value = text
  void scan()
}

/** @param {Blob} image */
async function takeImage(image) {
  const text = await scanImage(image).catch(() => undefined)
  if (text === undefined) note(t('scan.no-code'))
  else scanText(text)
}

function showPeople() {
  const { algorithm } = settings()
  byId('people').replaceChildren(
    ...setup.accounts.map((account) =>
      personRow(account, {
        algorithm,
        isChosen: account.id === state.account,
        onChoose: () => {
          state.account = account.id
          takeAnotherPhone()
        },
      }),
    ),
  )
}

/** Another person, key or version is another phone: it scans the same code again. */
function takeAnotherPhone() {
  const isOpening = byId('phone').dataset['state'] === 'opening'
  if (state.view !== undefined || isOpening) void scan()
  else if (byId('phone').dataset['state'] !== 'idle') showIdle()
}

/** @param {string} id @param {[string, string][]} choices */
function fill(id, choices) {
  selectById(id).replaceChildren(...choices.map(([value, text]) => h('option', { value }, text)))
}

function listen() {
  byId('scan-form').addEventListener('submit', (event) => {
    event.preventDefault()
    void scan()
  })
  for (const id of ['algorithm', 'version', 'language']) {
    selectById(id).addEventListener('change', () => {
      showPeople()
      takeAnotherPhone()
    })
  }
  byId('image').addEventListener('change', () => {
    const file = inputById('image').files?.[0]
    if (file !== undefined) void takeImage(file)
    inputById('image').value = ''
  })
  document.addEventListener('paste', (event) => {
    const image = [...(event.clipboardData?.files ?? [])].find(({ type }) =>
      type.startsWith('image/'),
    )
    if (image !== undefined) void takeImage(image)
  })
  document.addEventListener('dragover', (event) => {
    event.preventDefault()
    document.body.classList.add('dropping')
  })
  for (const name of ['dragleave', 'drop']) {
    document.addEventListener(name, () => document.body.classList.remove('dropping'))
  }
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    const image = event.dataTransfer?.files[0]
    const text = event.dataTransfer?.getData('text/plain')
    if (image?.type.startsWith('image/')) void takeImage(image)
    else if (text) scanText(text.trim())
  })
  byId('copy').addEventListener('click', async () => {
    await navigator.clipboard.writeText(JSON.stringify(state.calls, undefined, 2))
    const label = byId('copy').querySelector('span')
    if (label === null) return
    label.textContent = t('journal.copied')
    setTimeout(() => {
      label.textContent = t('journal.copy')
    }, 5000)
  })
}

function tick() {
  byId('time').textContent = shortTime(new Date().toISOString())
}

fill('fault', [
  ['none', t('fault.none')],
  .../** @type {[string, string][]} */ (setup.faults.map(({ mode }) => [mode, t(`fault.${mode}`)])),
])
fill(
  'version',
  setup.appVersions.map((version) => [
    version,
    version.replace('ios', 'iOS').replace('android', 'Android'),
  ]),
)
selectById('language').value = page.locale === 'uz' ? 'ru' : page.locale
// A page that embeds the phone may choose for it: ?account=, ?algorithm=, ?fault=, ?version=, ?language=.
for (const id of ['algorithm', 'fault', 'version', 'language']) {
  const wanted = parameters.get(id)
  const isOffered = [...selectById(id).options].some(({ value }) => value === wanted)
  if (wanted !== null && isOffered) selectById(id).value = wanted
}
showPeople()
listen()
tick()
setInterval(tick, 10_000)
await refreshJournal()
// The launcher link of the sandbox is this very page: the phone is given it whole, as any other link.
if (parameters.has('link')) {
  const query = location.search
    .slice(1)
    .split('&')
    .filter((part) => part.startsWith('link='))
    .join('&')
  scanText(`${location.origin}/phone?${query}`)
} else showIdle()
