import type { AppContext } from '../app-context.ts'
import { createDictionaries, type Dictionaries } from './dictionary.ts'
import { createWorkbenchGateways, type WorkbenchGateways } from './gateways.ts'
import { createPushes, type Pushes } from './push-order.ts'

/** What the workbench of one process keeps: tokens, counts of calls, sendings under way, dictionaries. */
export type Workbench = {
  readonly app: AppContext
  readonly gateways: WorkbenchGateways
  readonly pushes: Pushes
  readonly dictionaries: Dictionaries
}

export function createWorkbench(app: AppContext): Workbench {
  const gateways = createWorkbenchGateways(app)

  return {
    app,
    gateways,
    pushes: createPushes(app, gateways),
    dictionaries: createDictionaries(app, gateways),
  }
}
