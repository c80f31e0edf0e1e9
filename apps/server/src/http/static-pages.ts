import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../app-context.ts'

const pages = new Map<string, Promise<string>>()

/** A built HTML page of the web application, read once. */
export function readPage(app: Pick<AppContext, 'config'>, name: string): Promise<string> {
  const path = join(app.config.webDir, name)
  let page = pages.get(path)
  if (page === undefined) {
    page = readFile(path, 'utf8')
    page.catch(() => pages.delete(path))
    pages.set(path, page)
  }

  return page
}
