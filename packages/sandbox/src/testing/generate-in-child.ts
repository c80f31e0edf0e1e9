/** Makes the PKI of the folder in argv; run as a process of its own, to be killed in the middle. */
import { openPki } from '../pki/test-pki.ts'
import { testRandom } from './test-pki.ts'

await openPki({
  dir: process.argv[2] ?? '',
  trustUrl: 'http://127.0.0.1:8104',
  now: () => new Date(),
  random: testRandom,
  log: () => undefined,
})
process.stdout.write('made\n')
