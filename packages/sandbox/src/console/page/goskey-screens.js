// @ts-check
/** What the screen of the Goskey phone shows, one function per screen. They take data and give elements. */
import { h, icon } from './dom.js'
import { shortDate, shortTime, size, t, tn } from './i18n.js'

/**
 * @typedef {{ fileName: string, size: number, mimeType: string }} DocumentView
 * @typedef {{ id: number, organisation: string, description: string, isPending: boolean, isQualified: boolean,
 *   statusId: number, stateOrgStatusCode: string, queuedAt: string, expiresAt: string,
 *   documents: DocumentView[] }} OrderView
 * @typedef {{ id: string, surname: string, givenName: string, snils: string, behaviour: string,
 *   organisation: { name: string } | null }} RecipientView
 */

/** @param {OrderView[]} pending @param {(order: OrderView) => void} onOpen */
export function inboxScreen(pending, onOpen) {
  if (pending.length === 0) {
    return [
      title(t('sign.title')),
      h(
        'div.bd',
        {},
        notice({ mark: 'none', head: t('goskey.empty'), text: t('goskey.empty-text') }),
      ),
    ]
  }

  return [
    title(t('goskey.waiting', { n: pending.length })),
    h(
      'div.bd',
      {},
      ...pending.map((order) =>
        h(
          'div.pd',
          {},
          h(
            'span.grow',
            {},
            h('b', {}, order.description),
            h('br', {}),
            h('span.xs.faint', {}, `${order.organisation} · ${order.id} · ${until(order)}`),
          ),
          h(
            'button.icon-btn',
            {
              type: 'button',
              class: 'icon-btn open-order',
              'aria-label': t('sign.preview', { name: order.description }),
              click: () => onOpen(order),
            },
            icon('eye'),
          ),
        ),
      ),
    ),
  ]
}

/**
 * @param {OrderView} order
 * @param {{ onPreview: (index: number) => void, onAct: (action: 'sign' | 'reject' | 'expire') => void,
 *   onBack: () => void }} on
 */
export function orderScreen(order, on) {
  return [
    title(t('sign.title')),
    h(
      'div.bd',
      {},
      h('p.xs.faint', {}, t('sign.requester')),
      h('p.b', {}, order.organisation),
      h('p.xs.faint', {}, `${order.id} · ${until(order)}`),
      h('p.sm', {}, order.description),
      h('div', {}, ...order.documents.map((each, index) => documentRow(each, index, on.onPreview))),
      h('p.xs.dim.key', {}, t(order.isQualified ? 'goskey.qualified' : 'goskey.unqualified')),
    ),
    h(
      'div.ft2',
      {},
      h(
        'button.btn.primary.l',
        { type: 'button', id: 'sign', click: () => on.onAct('sign') },
        tn('sign.button', order.documents.length),
      ),
      h(
        'button.btn.l',
        { type: 'button', id: 'reject', click: () => on.onAct('reject') },
        t('goskey.reject'),
      ),
      h(
        'button.btn.l.quiet',
        { type: 'button', id: 'expire', click: () => on.onAct('expire') },
        t('goskey.expire'),
      ),
      h('button.btn.l.quiet', { type: 'button', id: 'back', click: on.onBack }, t('goskey.next')),
    ),
  ]
}

/** @param {DocumentView} document @param {number} index @param {(index: number) => void} onPreview */
function documentRow({ fileName, size: bytes }, index, onPreview) {
  const type = fileName.split('.').at(-1)?.toUpperCase() ?? ''

  return h(
    'div.pd',
    {},
    h('span.ft', { 'aria-hidden': 'true' }, type.slice(0, 4)),
    h('span.grow', {}, h('b', {}, fileName), h('br', {}), h('span.xs.faint', {}, size(bytes))),
    h(
      'button.icon-btn',
      {
        type: 'button',
        'aria-label': t('sign.preview', { name: fileName }),
        click: () => onPreview(index),
      },
      icon('eye'),
    ),
  )
}

/** @param {OrderView} order @param {() => void} onNext */
export function doneScreen(order, onNext) {
  return [
    title(t('sign.title')),
    h('div.bd', {}, notice({ ...markOf(order), head: outcomeOf(order), text: order.description })),
    h(
      'div.ft2',
      {},
      h('button.btn.l.quiet', { type: 'button', id: 'next', click: onNext }, t('goskey.next')),
    ),
  ]
}

/** @param {() => void} onNext */
export function lostScreen(onNext) {
  return [
    title(t('sign.title')),
    h('div.bd', {}, notice({ mark: 'warn', head: t('goskey.lost'), text: '' })),
    h(
      'div.ft2',
      {},
      h('button.btn.l.quiet', { type: 'button', id: 'next', click: onNext }, t('goskey.next')),
    ),
  ]
}

/** @param {OrderView} order */
function markOf({ statusId }) {
  return { mark: statusId === 3 ? 'ok' : 'none' }
}

/** @param {OrderView} order */
export function outcomeOf({ isPending, statusId, stateOrgStatusCode }) {
  if (isPending) return t('goskey.state.waiting')
  if (statusId === 3) return t('goskey.done.3')
  if (stateOrgStatusCode === 'sign_reject') return t('goskey.done.reject')

  return stateOrgStatusCode === 'expired' ? t('goskey.done.expired') : t('goskey.done.failed')
}

/** @param {OrderView} order */
function until({ expiresAt }) {
  return t('goskey.until', { time: shortTime(expiresAt), date: shortDate(expiresAt) })
}

/** @param {string} text */
function title(text) {
  return h('div.ttl', {}, text)
}

/** @param {{ mark: string, head: string, text: string }} props */
function notice({ mark, head, text }) {
  return h(
    'div.done',
    {},
    h(mark === 'ok' ? 'span.okc' : `span.okc.${mark}`, {}, icon(mark === 'ok' ? 'check' : 'alert')),
    h('b', {}, head),
    text === '' ? undefined : h('p.sm.dim', {}, text),
  )
}

/** @param {RecipientView} recipient @param {{ isChosen: boolean, onChoose: () => void }} props */
export function recipientRow(recipient, { isChosen, onChoose }) {
  const { id, surname, givenName, snils, organisation, behaviour } = recipient

  return h(
    'label.per',
    {},
    h('input', {
      type: 'radio',
      name: 'person',
      value: id,
      change: onChoose,
      ...(isChosen ? { checked: '' } : {}),
    }),
    h('span.ava', { 'aria-hidden': 'true' }, `${surname[0]}${givenName[0]}`),
    h(
      'span',
      {},
      h('b', {}, `${word(surname)} ${givenName.split(' ').map(word).join(' ')}`),
      h('span.xs.faint', {}, `${t('goskey.snils')} ${snils}`),
      organisation === null ? undefined : h('span.xs.faint', {}, organisation.name),
      h('span.xs.dim', {}, t(`behaviour.${behaviour}`)),
    ),
  )
}

/** Names stand in capitals in certificates; people read them as words. @param {string} text */
function word(text) {
  return `${text.slice(0, 1)}${text.slice(1).toLocaleLowerCase('ru')}`
}

/** @param {OrderView} order */
export function orderRow(order) {
  const tone = order.isPending ? '.w' : order.statusId === 3 ? '' : '.bad'

  return h(
    `li${tone}`,
    {},
    h('span.mono', {}, h('b', {}, String(order.id))),
    h('span.mono.st', {}, String(order.statusId)),
    h('span.x', {}, [order.description, outcomeOf(order)].join(' · ')),
  )
}
