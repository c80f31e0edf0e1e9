// @ts-check
/** The Goskey page: people at the left, the phone in the middle, all requests of the person at the right. */
import { callGoskey } from './api.js'
import { byId, h, selectById } from './dom.js'
import {
  doneScreen,
  inboxScreen,
  lostScreen,
  orderRow,
  orderScreen,
  recipientRow,
} from './goskey-screens.js'
import { shortTime, t } from './i18n.js'
import { showPreview } from './preview.js'
import { busyScreen } from './screens.js'

/** @typedef {import('./goskey-screens.js').OrderView} OrderView */

/** How often the phone looks for new requests, ms. */
const LOOK_MS = 2000

/** @type {{ recipients: import('./goskey-screens.js').RecipientView[], faults: string[] }} */
const setup = await callGoskey('setup')
const parameters = new URLSearchParams(location.search)

const state = {
  recipient:
    setup.recipients.find(({ id }) => id === parameters.get('recipient'))?.id ??
    setup.recipients[0]?.id ??
    '',
  /** @type {OrderView[]} */
  orders: [],
  /** As last shown, so that nothing is drawn anew while a finger is on it. */
  shown: '',
  /** @type {'inbox' | 'order' | 'busy' | 'done'} */
  screen: 'inbox',
  /** The order that is open. */
  open: 0,
  /** How far the sandbox's clock is ahead of this machine's, ms. */
  clockMs: 0,
}

/** @param {typeof state.screen} screen @param {HTMLElement[]} elements */
function show(screen, elements) {
  state.screen = screen
  byId('phone').dataset['state'] = screen
  const place = byId('screen')
  // A tap replaces the button that was tapped: the keyboard must not fall back to the top of the page.
  const hadFocus = place.contains(document.activeElement)
  place.replaceChildren(...elements)
  if (hadFocus) place.focus({ preventScroll: true })
}

function showInbox() {
  const pending = state.orders.filter(({ isPending }) => isPending)
  const [only] = pending
  if (pending.length === 1 && only !== undefined) showOrder(only)
  else show('inbox', inboxScreen(pending, showOrder))
}

/** @param {OrderView} order */
function showOrder(order) {
  state.open = order.id
  show(
    'order',
    orderScreen(order, {
      onPreview: (index) => void preview(order, index),
      onAct: (action) => void act(order, action),
      onBack: () =>
        show(
          'inbox',
          inboxScreen(
            state.orders.filter(({ isPending }) => isPending),
            showOrder,
          ),
        ),
    }),
  )
}

/** @param {OrderView} order @param {'sign' | 'reject' | 'expire'} action */
async function act(order, action) {
  show('busy', busyScreen(t('frame.signing')))
  try {
    const fault = selectById('fault').value
    const answer = await callGoskey(`orders/${order.id}/${action}`, { fault })
    show('done', doneScreen(answer.order, showInbox))
  } catch {
    show('done', lostScreen(showInbox))
  }
  await look()
}

/** @param {OrderView} order @param {number} index */
async function preview(order, index) {
  const document = order.documents[index]
  if (document === undefined) return
  const isText = document.mimeType === 'text/plain' || document.mimeType === 'application/xml'
  await showPreview({
    title: document.fileName,
    url: `/_sim/goskey/orders/${order.id}/documents/${index}`,
    display: document.mimeType === 'application/pdf' ? 'pdf' : isText ? 'text' : 'hidden',
  })
}

async function look() {
  const mine = state.recipient
  const { orders, now } = await callGoskey(`orders?recipient=${encodeURIComponent(mine)}`).catch(
    () => ({ orders: state.orders, now: Date.now() + state.clockMs }),
  )
  state.clockMs = now - Date.now()
  tick()
  const text = JSON.stringify(orders)
  if (mine !== state.recipient || text === state.shown) return
  state.shown = text
  state.orders = orders
  const waiting = state.orders.filter(({ isPending }) => isPending).length
  byId('status').textContent = waiting === 0 ? '' : t('goskey.waiting', { n: waiting })
  byId('orders').replaceChildren(
    ...(orders.length === 0 ? [h('li.empty', {}, t('goskey.none'))] : orders.map(orderRow)),
  )
  // What is read and about to be signed stays, whatever else comes or ends.
  const isOpen = state.orders.some(({ id, isPending }) => id === state.open && isPending)
  if (state.screen === 'inbox' || (state.screen === 'order' && !isOpen)) showInbox()
}

function showPeople() {
  byId('people').replaceChildren(
    ...setup.recipients.map((recipient) =>
      recipientRow(recipient, {
        isChosen: recipient.id === state.recipient,
        onChoose: () => {
          state.recipient = recipient.id
          state.orders = []
          state.shown = ''
          state.screen = 'inbox'
          void look()
        },
      }),
    ),
  )
}

function tick() {
  byId('time').textContent = shortTime(new Date(Date.now() + state.clockMs).toISOString())
}

selectById('fault').replaceChildren(
  ...['none', ...setup.faults].map((value) => h('option', { value }, t(`sign-fault.${value}`))),
)
showPeople()
tick()
show('inbox', inboxScreen([], showOrder))
await look()
setInterval(tick, 10_000)
setInterval(() => void look(), LOOK_MS)
