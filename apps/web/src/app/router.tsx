import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { ProblemError } from '../api/problem.ts'
import { envelopesQuery, sessionQuery } from '../api/queries.ts'
import { request } from '../api/request.ts'
import type { EnvelopePage } from '../api/types.ts'
import { readListSearch } from '../screens/envelopes/list-search.ts'
import { FailedPage } from './failed-page.tsx'
import { NotFound } from './not-found.tsx'
import { Shell } from './shell.tsx'

export type RouterContext = { readonly client: QueryClient }

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: FailedPage,
})

/** Whoever is not logged in is led to the page that tells how. */
async function requireSession({ context }: { context: RouterContext }): Promise<void> {
  try {
    await context.client.ensureQueryData(sessionQuery)
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) throw redirect({ to: '/login' })

    throw error
  }
}

const loginReasons = ['used', 'expired', 'left'] as const
export type LoginReason = (typeof loginReasons)[number]

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { readonly reason?: LoginReason } => {
    const reason = loginReasons.find((each) => each === search['reason'])

    return reason === undefined ? {} : { reason }
  },
  component: lazyRouteComponent(() => import('../screens/login/login-screen.tsx'), 'LoginScreen'),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: requireSession,
  component: Shell,
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  /** First run while nothing was ever sent from the sandbox, the list ever after. */
  beforeLoad: async ({ context }) => {
    const session = await context.client.ensureQueryData(sessionQuery)

    if (session.mode === 'sandbox') {
      const page = await request<EnvelopePage>('/v1/envelopes?limit=1')

      if (page.items.length === 0) throw redirect({ to: '/welcome' })
    }

    throw redirect({ to: '/envelopes' })
  },
})

const welcome = createRoute({
  getParentRoute: () => shell,
  path: '/welcome',
  component: lazyRouteComponent(
    () => import('../screens/welcome/welcome-screen.tsx'),
    'WelcomeScreen',
  ),
})

const envelopes = createRoute({
  getParentRoute: () => shell,
  path: '/envelopes',
  validateSearch: readListSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.client.prefetchInfiniteQuery(envelopesQuery(deps))
  },
  component: lazyRouteComponent(
    () => import('../screens/envelopes/envelopes-screen.tsx'),
    'EnvelopesScreen',
  ),
})

const newEnvelope = createRoute({
  getParentRoute: () => shell,
  path: '/envelopes/new',
  component: lazyRouteComponent(
    () => import('../screens/new-envelope/new-envelope-screen.tsx'),
    'NewEnvelopeScreen',
  ),
})

const envelope = createRoute({
  getParentRoute: () => shell,
  path: '/envelopes/$id',
  component: lazyRouteComponent(
    () => import('../screens/envelope/envelope-screen.tsx'),
    'EnvelopeScreen',
  ),
})

const seals = createRoute({
  getParentRoute: () => shell,
  path: '/seals',
  component: lazyRouteComponent(() => import('../screens/seals/seals-screen.tsx'), 'SealsScreen'),
})

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/settings/keys',
  validateSearch: (search: Record<string, unknown>): { readonly key?: string } =>
    typeof search['key'] === 'string' ? { key: search['key'] } : {},
  component: lazyRouteComponent(() => import('../screens/keys/keys-screen.tsx'), 'KeysScreen'),
})

const workbench = createRoute({
  getParentRoute: () => shell,
  path: '/workbench',
  component: lazyRouteComponent(
    () => import('../screens/workbench/workbench-frame.tsx'),
    'WorkbenchFrame',
  ),
})

const benchOrders = createRoute({
  getParentRoute: () => workbench,
  path: '/',
  component: lazyRouteComponent(
    () => import('../screens/workbench/orders/orders-screen.tsx'),
    'OrdersScreen',
  ),
})

const benchNewOrder = createRoute({
  getParentRoute: () => workbench,
  path: '/new',
  validateSearch: (
    search: Record<string, unknown>,
  ): { readonly service?: string; readonly way?: 'one-shot' } => ({
    ...(typeof search['service'] === 'string' ? { service: search['service'] } : {}),
    ...(search['way'] === 'one-shot' ? { way: 'one-shot' as const } : {}),
  }),
  component: lazyRouteComponent(
    () => import('../screens/workbench/orders/new-order-screen.tsx'),
    'NewOrderScreen',
  ),
})

const benchOrder = createRoute({
  getParentRoute: () => workbench,
  path: '/orders/$id',
  component: lazyRouteComponent(
    () => import('../screens/workbench/order/order-screen.tsx'),
    'OrderScreen',
  ),
})

const benchStatuses = createRoute({
  getParentRoute: () => workbench,
  path: '/statuses',
  validateSearch: (search: Record<string, unknown>): { readonly by?: 'orders' } =>
    search['by'] === 'orders' ? { by: 'orders' } : {},
  component: lazyRouteComponent(
    () => import('../screens/workbench/portal/statuses-screen.tsx'),
    'StatusesScreen',
  ),
})

const benchDictionary = createRoute({
  getParentRoute: () => workbench,
  path: '/dictionary',
  component: lazyRouteComponent(
    () => import('../screens/workbench/portal/dictionary-screen.tsx'),
    'DictionaryScreen',
  ),
})

const benchServices = createRoute({
  getParentRoute: () => workbench,
  path: '/services',
  component: lazyRouteComponent(
    () => import('../screens/workbench/services/services-screen.tsx'),
    'ServicesScreen',
  ),
})

const benchService = createRoute({
  getParentRoute: () => workbench,
  path: '/services/$id',
  validateSearch: (search: Record<string, unknown>): { readonly version?: number } => {
    const version = Number(search['version'])

    return Number.isInteger(version) && version > 0 ? { version } : {}
  },
  component: lazyRouteComponent(
    () => import('../screens/workbench/services/service-screen.tsx'),
    'ServiceScreen',
  ),
})

const benchAccounts = createRoute({
  getParentRoute: () => workbench,
  path: '/accounts',
  component: lazyRouteComponent(
    () => import('../screens/workbench/portal/accounts-screen.tsx'),
    'AccountsScreen',
  ),
})

const benchCalls = createRoute({
  getParentRoute: () => workbench,
  path: '/calls',
  validateSearch: (search: Record<string, unknown>): { readonly id?: string } =>
    typeof search['id'] === 'string' ? { id: search['id'] } : {},
  component: lazyRouteComponent(
    () => import('../screens/workbench/calls/calls-screen.tsx'),
    'CallsScreen',
  ),
})

const benchScreens = workbench.addChildren([
  benchOrders,
  benchNewOrder,
  benchOrder,
  benchStatuses,
  benchDictionary,
  benchServices,
  benchService,
  benchAccounts,
  benchCalls,
])

const trust = createRoute({
  getParentRoute: () => shell,
  path: '/settings/trust',
  component: lazyRouteComponent(() => import('../screens/trust/trust-screen.tsx'), 'TrustScreen'),
})

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/settings/connections',
  component: lazyRouteComponent(
    () => import('../screens/connections/connections-screen.tsx'),
    'ConnectionsScreen',
  ),
})

const newConnection = createRoute({
  getParentRoute: () => shell,
  path: '/settings/connections/new',
  validateSearch: (search: Record<string, unknown>): { readonly provider?: string } =>
    typeof search['provider'] === 'string' ? { provider: search['provider'] } : {},
  component: lazyRouteComponent(
    () => import('../screens/connections/connection-screen.tsx'),
    'NewConnectionScreen',
  ),
})

const connection = createRoute({
  getParentRoute: () => shell,
  path: '/settings/connections/$id',
  component: lazyRouteComponent(
    () => import('../screens/connections/connection-screen.tsx'),
    'ConnectionScreen',
  ),
})

const devStates = createRoute({
  getParentRoute: () => shell,
  path: '/dev/states',
  component: lazyRouteComponent(
    () => import('../screens/dev-states/dev-states-screen.tsx'),
    'DevStatesScreen',
  ),
})

const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  component: lazyRouteComponent(
    () => import('../screens/verify/verify-screen.tsx'),
    'VerifyScreen',
  ),
})

const report = createRoute({
  getParentRoute: () => root,
  path: '/verify/$id',
  beforeLoad: requireSession,
  component: lazyRouteComponent(
    () => import('../screens/verify/report-screen.tsx'),
    'ReportScreen',
  ),
})

const routeTree = root.addChildren([
  login,
  verify,
  report,
  shell.addChildren([
    home,
    welcome,
    envelopes,
    newEnvelope,
    envelope,
    seals,
    keys,
    benchScreens,
    trust,
    connections,
    newConnection,
    connection,
    devStates,
  ]),
])

/** All addresses of the application. Each screen is a chunk of its own. */
export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: FailedPage,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
