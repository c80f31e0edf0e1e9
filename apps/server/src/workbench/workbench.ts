import type { AppContext } from '../app-context.ts'
import { type CallJournal, createCallJournal } from './calls.ts'
import { createDictionaries, type Dictionaries } from './dictionary.ts'
import { createWorkbenchGateways, type WorkbenchGateways } from './gateways.ts'
import { createPushes, type Pushes } from './push-order.ts'

/** What the workbench of one process keeps: tokens, counts of calls, sendings under way, dictionaries. */
export type Workbench = {
  readonly app: AppContext
  readonly calls: CallJournal
  readonly gateways: WorkbenchGateways
  readonly pushes: Pushes
  readonly dictionaries: Dictionaries
}

export function createWorkbench(app: AppContext): Workbench {
  const calls = createCallJournal(app)
  const gateways = createWorkbenchGateways(app, calls)

  return {
    app,
    calls,
    gateways,
    pushes: createPushes(app, { gateways, calls }),
    dictionaries: createDictionaries(app, gateways),
  }
}
