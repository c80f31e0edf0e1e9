import { parentPort } from 'node:worker_threads'
import { isPkiError, validateXmlSchema } from '@muhr/pki'
import type { XmlJob, XmlOutcome } from './run-xml-thread.ts'

/** The thread in which XML is held against a schema that somebody wrote. It may be ended at any time. */
const port = parentPort
if (port === null) {
  throw new Error('xml-thread is started as a worker thread')
}

/** Allows no element at all: what it finds wrong beside the form of the XML is left out. */
const schemaOfNothing = new TextEncoder().encode(
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>',
)

async function check({ document, schema }: XmlJob): Promise<XmlOutcome> {
  try {
    const faults = await validateXmlSchema({ document, schema: schema ?? schemaOfNothing })

    return {
      kind: 'checked',
      faults: schema === undefined ? faults.filter(({ kind }) => kind !== 'schema') : faults,
    }
  } catch (error) {
    if (!isPkiError(error)) {
      throw error
    }
    const line: unknown = Reflect.get(error.data, 'line')

    return {
      kind: error.code === 'xml.bad-schema' ? 'bad-schema' : 'refused',
      code: error.code,
      message: error.message,
      ...(typeof line === 'number' ? { line } : {}),
    }
  }
}

port.on('message', (job: XmlJob) => {
  check(job).then(
    (outcome) => port.postMessage(outcome),
    (error: unknown) =>
      port.postMessage({
        kind: 'broken',
        name: error instanceof Error ? error.name : typeof error,
      } satisfies XmlOutcome),
  )
})
