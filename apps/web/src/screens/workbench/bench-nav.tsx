import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { benchCallsQuery } from '../../api/workbench.ts'
import { CallStatus, Verb } from './calls/call-status.tsx'
import { useBenchSpeech } from './use-bench-speech.ts'

const recentAtMost = 6

/** The order that was looked at last, while the tab lives: methods that need one lead to it. */
let lastOrder: string | undefined

type Target =
  | { readonly to: '/workbench' }
  | { readonly to: '/workbench/new'; readonly way?: 'one-shot' }
  | { readonly to: '/workbench/accounts' }
  | { readonly to: '/workbench/statuses'; readonly by?: 'orders' }
  | { readonly to: '/workbench/dictionary' }
  | { readonly to: '/workbench/services' }
  | { readonly to: '/workbench/calls' }
  /** A part of the order that was looked at last. */
  | { readonly part: string }

type Method = {
  readonly verb?: 'GET' | 'POST'
  readonly path: string
  readonly target: Target
  readonly testId?: string
}

const groups = [
  {
    key: 'access',
    methods: [
      { verb: 'GET', path: '{key}/tkn', target: { to: '/workbench/accounts' }, testId: 'accounts' },
    ],
  },
  {
    key: 'sending',
    methods: [
      { verb: 'POST', path: 'order', target: { to: '/workbench/new' } },
      { verb: 'POST', path: 'push', target: { to: '/workbench/new', way: 'one-shot' } },
      { verb: 'POST', path: 'push/chunked', target: { part: 'send-title' } },
      { verb: 'POST', path: 'order/{id}/cancel', target: { part: 'status-title' } },
    ],
  },
  {
    key: 'watching',
    methods: [
      { verb: 'POST', path: 'order/{id}', target: { part: 'status-title' } },
      {
        verb: 'GET',
        path: 'getOrdersStatus',
        target: { to: '/workbench/statuses', by: 'orders' },
      },
      {
        verb: 'GET',
        path: 'getUpdatedAfter',
        target: { to: '/workbench/statuses' },
        testId: 'statuses',
      },
    ],
  },
  {
    key: 'files',
    methods: [
      { verb: 'GET', path: 'files/download', target: { part: 'all-files-title' } },
      {
        verb: 'POST',
        path: 'dictionary/{code}',
        target: { to: '/workbench/dictionary' },
        testId: 'dictionary',
      },
    ],
  },
] as const satisfies readonly { readonly key: string; readonly methods: readonly Method[] }[]

/** Methods by intent, and the last calls below them. */
export function BenchNav() {
  const { t } = useBenchSpeech()
  const { pathname } = useLocation()
  const opened = /^\/workbench\/orders\/([^/]+)/.exec(pathname)?.[1]

  if (opened !== undefined) lastOrder = opened

  return (
    <nav className="bench-nav" aria-label={t('bench.tabs')}>
      <Link
        to="/workbench"
        className="bench-nav-link"
        activeOptions={{ exact: true }}
        activeProps={{ 'aria-current': 'page' }}
        {...(opened === undefined ? {} : { 'aria-current': true })}
        data-testid="bench-orders"
      >
        {t('bench.tab.orders')}
      </Link>
      <Link
        to="/workbench/services"
        className="bench-nav-link"
        activeProps={{ 'aria-current': 'page' }}
        data-testid="bench-services"
      >
        {t('bench.tab.services')}
      </Link>
      {groups.map(({ key, methods }) => (
        <div key={key} className="bench-nav-group">
          <h2 className="bench-nav-head">{t(`bench.group.${key}`)}</h2>
          {methods.map((method) => (
            <MethodLink key={`${method.verb} ${method.path}`} method={method} />
          ))}
        </div>
      ))}
      <Recent />
    </nav>
  )
}

function MethodLink({ method }: { readonly method: Method }) {
  const { verb, path, target, testId } = method
  const look = {
    className: 'bench-nav-link mono',
    ...(testId === undefined ? {} : { 'data-testid': `bench-${testId}` }),
  }
  const inside = (
    <>
      {verb === undefined ? null : <Verb method={verb} />} {path}
    </>
  )

  if ('part' in target) {
    return lastOrder === undefined ? (
      <Link
        to="/workbench"
        hash={target.part}
        {...look}
        activeOptions={{ exact: true, includeHash: true }}
      >
        {inside}
      </Link>
    ) : (
      <Link
        to="/workbench/orders/$id"
        params={{ id: lastOrder }}
        hash={target.part}
        {...look}
        activeOptions={{ exact: true, includeHash: true }}
        activeProps={{ 'aria-current': 'location' }}
      >
        {inside}
      </Link>
    )
  }

  const search = 'way' in target ? { way: target.way } : 'by' in target ? { by: target.by } : {}

  return (
    <Link
      to={target.to}
      search={search}
      {...look}
      activeOptions={{ exact: true, includeSearch: true }}
      activeProps={{ 'aria-current': 'page' }}
    >
      {inside}
    </Link>
  )
}

function Recent() {
  const { t } = useBenchSpeech()
  const query = useQuery({ ...benchCallsQuery(undefined), refetchInterval: 15_000 })
  const calls = query.data?.items.slice(0, recentAtMost) ?? []

  if (calls.length === 0) return null

  return (
    <div className="bench-nav-group">
      <h2 className="bench-nav-head">
        <Link to="/workbench/calls" search={{}} data-testid="bench-calls">
          {t('bench.calls.title')}
        </Link>
      </h2>
      {calls.map((call) => (
        <Link
          key={call.id}
          to="/workbench/calls"
          search={{ id: call.id }}
          className="bench-nav-link bench-nav-call"
          data-testid="recent-call"
        >
          <Verb method={call.method} />
          <span className="grow">{t(`bench.op.${call.operation}`)}</span>
          <CallStatus call={call} isShort />
        </Link>
      ))}
    </div>
  )
}
