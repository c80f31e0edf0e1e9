/**
 * The whole product for tests.
 * @module
 */
export { addBrowserKey } from './add-browser-key.ts'
export { addWorkbenchRows } from './add-workbench-rows.ts'
export { connectGoskey } from './connect-goskey.ts'
export { countRows } from './count-rows.ts'
export {
  attentionOf,
  createGoskeyWorld,
  fifteen,
  type GoskeyWish,
  type GoskeyWorld,
  hasEnded,
  requestOf,
} from './goskey-world.ts'
export { type HeldAt, type HeldGateway, startHeldGateway } from './held-gateway.ts'
export {
  type HeldPut,
  openOwnPhone,
  sendPut,
  signWithoutSending,
} from './own-phone.ts'
export { type EventReader, openEvents } from './read-events.ts'
export { createRestClient, type ProblemBody, type RestClient } from './rest-client.ts'
export { samplePdf } from './sample-pdf.ts'
export { createOtherOrganisation, logIn, type OtherOrganisation } from './second-organisation.ts'
export { type ServerProcess, startServerProcess } from './server-process.ts'
export {
  createSignmeWorld,
  type SignmeWish,
  type SignmeWorld,
} from './signme-world.ts'
export {
  createSimGoskey,
  goskeyRecipient,
  type SimCall,
  type SimGoskey,
  type SimOrder,
} from './sim-goskey.ts'
export {
  api1Of,
  codeOf,
  createSimPhone,
  recipientOf,
  type SimPhone,
  wishFor,
} from './sim-phone.ts'
export {
  freePorts,
  startTestInstallation,
  type TestInstallation,
} from './start-test-installation.ts'
