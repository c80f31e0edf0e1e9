// @ts-check
/** What the screen of the phone shows, one function per screen. They take data and give elements. */
import { h, icon } from './dom.js'
import { grouped, shortDate, shortTime, size, t, tn } from './i18n.js'

/**
 * @typedef {{ ru: string, kz: string, en: string }} Names
 * @typedef {{ id: string, method: string, names: Names, meta: { name: string, value: string }[], mime: string,
 *   display: 'text' | 'pdf' | 'xml' | 'hidden', sizeBytes: number }} DocumentView
 * @typedef {{ description: string, expiresAt: string, organisation: { names: Names, bin: string },
 *   documents: DocumentView[] }} View
 * @typedef {{ status: number, message?: string, backUrl?: string }} Answer
 * @typedef {{ kind: 'accepted' | 'refused' | 'failed' | 'no-answer', answers: Answer[] }} Outcome
 */

/** The name in the language of the app. @param {Names} names @param {string} language */
export function nameOf(names, language) {
  if (language === 'kk') return names.kz

  return language === 'en' ? names.en : names.ru
}

export function idleScreen() {
  return [
    title(t('sign.title')),
    h(
      'div.bd',
      {},
      notice({ mark: 'none', icon: 'qr', head: t('idle.title'), text: t('idle.text') }),
    ),
  ]
}

/** @param {string} text */
export function busyScreen(text) {
  return [
    title(t('sign.title')),
    h('div.bd', {}, h('div.done', {}, h('span.pulse', {}), h('p.dim', {}, text))),
  ]
}

/**
 * @param {{ view: View, language: string, owner: string, key: string, isAgain: boolean,
 *   onPreview: (index: number) => void, onSign: () => void, onDecline: () => void }} props
 */
export function openedScreen({ view, language, owner, key, isAgain, ...on }) {
  const { organisation, documents } = view

  return [
    title(t('sign.title')),
    h(
      'div.bd',
      {},
      h('p.xs.faint', {}, t('sign.requester')),
      h('p.b', {}, nameOf(organisation.names, language)),
      h(
        'p.xs.faint',
        {},
        `${t('person.bin')} ${grouped(organisation.bin)} · ${t('sign.until', { time: shortTime(view.expiresAt) })}`,
      ),
      h('p.sm', {}, view.description),
      h(
        'div',
        {},
        ...documents.map((each, index) => documentRow(each, { language, index, ...on })),
      ),
      h('p.xs.dim.key', {}, `${t('person.key')}: ${owner}`, h('br', {}), key),
    ),
    h(
      'div.ft2',
      {},
      h(
        'button.btn.primary.l',
        { type: 'button', id: 'sign', click: on.onSign },
        isAgain ? t('sign.again') : tn('sign.button', documents.length),
      ),
      h(
        'button.btn.l.quiet',
        { type: 'button', id: 'decline-now', click: on.onDecline },
        t('sign.decline'),
      ),
    ),
  ]
}

/**
 * @param {DocumentView} document
 * @param {{ language: string, index: number, onPreview: (index: number) => void }} props
 */
function documentRow(document, { language, index, onPreview }) {
  const name = nameOf(document.names, language)

  return h(
    'div.pd',
    {},
    h('span.ft', { 'aria-hidden': 'true' }, typeLabel(document)),
    h(
      'span.grow',
      {},
      h('b', {}, name),
      h('br', {}),
      h('span.xs.faint', {}, `${document.method} · ${size(document.sizeBytes)}`),
      ...document.meta.map((pair) =>
        h('span.xs.dim.meta', {}, h('span', {}, `${pair.name}:`), pair.value),
      ),
    ),
    h(
      'button.icon-btn',
      { type: 'button', 'aria-label': t('sign.preview', { name }), click: () => onPreview(index) },
      icon('eye'),
    ),
  )
}

/** @param {DocumentView} document */
function typeLabel({ display, method }) {
  if (method === 'XML') return 'XML'

  return { text: 'TXT', pdf: 'PDF', xml: 'XML', hidden: '—' }[display]
}

/**
 * @param {{ outcome: Outcome | null, isDecline: boolean, onAgain: () => void, onNext: () => void }} props
 *   `outcome` is null when the app was closed without a word
 */
export function resultScreen({ outcome, isDecline, onAgain, onNext }) {
  const answer = outcome?.answers[0]
  const canRetry = outcome !== null && !isDecline && outcome.kind !== 'accepted'

  return [
    title(t('sign.title')),
    h(
      'div.bd',
      {},
      notice(resultNotice(outcome, isDecline)),
      answer?.message === undefined
        ? undefined
        : h(
            'div.said',
            {},
            h('p.xs.faint', {}, t('result.server-said')),
            h('p', {}, answer.message),
          ),
      outcome !== null && outcome.answers.length > 1
        ? h('p.sm.dim', {}, bothAnswers(outcome))
        : undefined,
    ),
    h(
      'div.ft2',
      {},
      answer?.backUrl === undefined
        ? undefined
        : h(
            'a.btn.l',
            { href: answer.backUrl, rel: 'noreferrer', target: '_blank' },
            t('result.back'),
          ),
      canRetry
        ? h(
            'button.btn.primary.l',
            { type: 'button', id: 'again', click: onAgain },
            t('sign.again'),
          )
        : undefined,
      h('button.btn.l.quiet', { type: 'button', id: 'next', click: onNext }, t('result.next')),
    ),
  ]
}

/** @param {Outcome} outcome */
function bothAnswers({ answers: [first, second] }) {
  return t('result.both', { first: first?.status ?? '', second: second?.status ?? '' })
}

/** @param {Outcome | null} outcome @param {boolean} isDecline */
function resultNotice(outcome, isDecline) {
  if (outcome === null) {
    return { mark: 'none', icon: 'cross', head: t('result.closed'), text: t('result.closed-text') }
  }
  const status = outcome.answers[0]?.status ?? 0
  if (isDecline && outcome.kind !== 'no-answer') {
    return {
      mark: 'none',
      icon: 'cross',
      head: t('result.declined'),
      text: t('result.failed', { status }),
    }
  }
  switch (outcome.kind) {
    case 'accepted':
      return {
        mark: 'ok',
        icon: 'check',
        head: t('result.accepted'),
        text: t('result.accepted-text'),
      }
    case 'refused':
      return {
        mark: 'bad',
        icon: 'alert',
        head: t('result.refused'),
        text: t('result.failed', { status }),
      }
    case 'failed':
      return { mark: 'warn', icon: 'alert', head: t('result.failed', { status }), text: '' }
    default:
      return {
        mark: 'warn',
        icon: 'alert',
        head: t('result.no-answer'),
        text: t('result.no-answer-text'),
      }
  }
}

/**
 * @param {{ refusal: import('./api.js').Refusal, isSigning: boolean, onBack: (() => void) | undefined,
 *   onNext: () => void }} props
 */
export function refusalScreen({ refusal, isSigning, onBack, onNext }) {
  const { code, data } = refusal
  const fact = (/** @type {string} */ label, /** @type {string | number | undefined} */ value) =>
    value === undefined ? [] : [h('dt', {}, label), h('dd.mono', {}, String(value))]

  return [
    title(t('sign.title')),
    h(
      'div.bd',
      {},
      notice({
        mark: 'warn',
        icon: 'alert',
        head: t(isSigning ? 'refusal.sign-title' : 'refusal.title'),
        text: t(`refusal.${code}`),
      }),
      data['serverMessage'] === undefined
        ? undefined
        : h(
            'div.said',
            {},
            h('p.xs.faint', {}, t('result.server-said')),
            h('p', {}, String(data['serverMessage'])),
          ),
      h(
        'dl.facts',
        {},
        ...fact(t('refusal.field'), data['field']),
        ...fact(t('refusal.found'), data['found']),
        ...fact(t('refusal.expected'), data['expected']),
        ...fact('HTTP', data['status']),
        ...fact(t('refusal.code'), code),
      ),
    ),
    h(
      'div.ft2',
      {},
      onBack === undefined
        ? undefined
        : h('button.btn.primary.l', { type: 'button', id: 'back', click: onBack }, t('sign.again')),
      h('button.btn.l.quiet', { type: 'button', id: 'next', click: onNext }, t('result.next')),
    ),
  ]
}

/** @param {string} text */
function title(text) {
  return h('div.ttl', {}, text)
}

/** @param {{ mark: string, icon: string, head: string, text: string }} props */
function notice({ mark, icon: name, head, text }) {
  return h(
    'div.done',
    {},
    h(mark === 'ok' ? 'span.okc' : `span.okc.${mark}`, {}, icon(name)),
    h('b', {}, head),
    text === '' ? undefined : h('p.sm.dim', {}, text),
  )
}

/** One line of the list of people. @param {any} account @param {{ algorithm: string, isChosen: boolean, onChoose: () => void }} props */
export function personRow(account, { algorithm, isChosen, onChoose }) {
  const { id, surname, name, patronymic, iin, organisation, keys } = account
  const key = keys.find((/** @type {{ algorithm: string }} */ each) => each.algorithm === algorithm)
  const radio = h('input', {
    type: 'radio',
    name: 'person',
    value: id,
    change: onChoose,
    ...(isChosen ? { checked: '' } : {}),
  })

  return h(
    'label.per',
    {},
    radio,
    h('span.ava', { 'aria-hidden': 'true' }, `${surname[0]}${name[0]}`),
    h(
      'span',
      {},
      h('b', {}, personName({ surname, name, patronymic })),
      h('span.xs.faint', {}, `${t('person.iin')} ${grouped(iin)}`),
      organisation === null ? undefined : h('span.xs.faint', {}, organisation.name),
      organisation === null
        ? undefined
        : h('span.xs.faint', {}, `${t('person.bin')} ${grouped(organisation.bin)}`),
      key?.notAfter == null
        ? undefined
        : h('span.xs.dim', {}, t('key.until', { date: shortDate(key.notAfter) })),
    ),
  )
}

/** Names stand in capitals in certificates; people read them as words. @param {{ surname: string, name: string, patronymic: string | null }} person */
function personName({ surname, name, patronymic }) {
  const word = (/** @type {string} */ text) =>
    `${text.slice(0, 1)}${text.slice(1).toLocaleLowerCase('kk')}`

  return [surname, name, patronymic]
    .filter((part) => part !== null)
    .map(word)
    .join(' ')
}

/** @param {any} entry */
export function journalRow(entry) {
  const { method, path, status, note, sentBytes, receivedBytes, durationMs } = entry
  const tone = status === 200 ? '' : status === 'none' || status >= 500 ? '.bad' : '.w'
  const bytes = method === 'PUT' ? sentBytes : receivedBytes

  return h(
    `li${tone}`,
    {},
    h('span.mono', {}, h('b', {}, method), ` ${path}`),
    h('span.mono.st', {}, status === 'none' ? t('journal.none') : String(status)),
    h('span.x', {}, [note, size(bytes ?? 0), t('journal.ms', { n: durationMs })].join(' · ')),
  )
}
