/** A process of its own: checks once for little and once for much, and tells how far its whole memory grew. */
import { createSignme, systemIo } from '@muhr/signme'
import { createNodeFetch } from '@muhr/signme/node'

const [baseUrl = '', md5 = ''] = process.argv.slice(2)
const io = { ...systemIo(), fetch: createNodeFetch() }
const signme = createSignme({ baseUrl, key: 'TESTKEY', io })
const residentBytes = () => process.resourceUsage().maxRSS * 1024
await signme.check(md5)
const before = residentBytes()
const startedAt = performance.now()
const signatures = await signme.check(md5)
process.stdout.write(
  JSON.stringify({
    grown: residentBytes() - before,
    tookMs: performance.now() - startedAt,
    sizes: signatures.map(({ container }) => container?.length ?? 0),
  }),
)
