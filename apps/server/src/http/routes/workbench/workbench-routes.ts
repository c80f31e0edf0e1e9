import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { AppContext } from '../../../app-context.ts'
import { createWorkbench } from '../../../workbench/workbench.ts'
import { workbenchAccountRoutes } from './account-routes.ts'
import { workbenchCallRoutes } from './call-routes.ts'
import { workbenchFileRoutes } from './file-routes.ts'
import { workbenchOrderRoutes } from './order-routes.ts'
import { workbenchPortalRoutes } from './portal-routes.ts'
import { workbenchQuotaRoutes } from './quota-routes.ts'
import { workbenchServiceRoutes } from './service-routes.ts'

/** `/v1/workbench`: any service of EPGU. Its sendings end with the listener. */
export function workbenchRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    const workbench = createWorkbench(app)
    fastify.addHook('onClose', async () => {
      await workbench.pushes.stop()
      await workbench.calls.settled()
    })
    await fastify.register(workbenchAccountRoutes(workbench))
    await fastify.register(workbenchCallRoutes(workbench))
    await fastify.register(workbenchServiceRoutes(app))
    await fastify.register(workbenchOrderRoutes(workbench))
    await fastify.register(workbenchFileRoutes(workbench))
    await fastify.register(workbenchPortalRoutes(workbench))
    await fastify.register(workbenchQuotaRoutes(app))
  }
}
