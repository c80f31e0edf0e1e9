// @ts-check
/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`no element ${id}`)

  return element
}

/** @param {string} id @returns {HTMLSelectElement} */
export function selectById(id) {
  const element = byId(id)
  if (!(element instanceof HTMLSelectElement)) throw new Error(`${id} is no select`)

  return element
}

/** @param {string} id @returns {HTMLInputElement} */
export function inputById(id) {
  const element = byId(id)
  if (!(element instanceof HTMLInputElement)) throw new Error(`${id} is no input`)

  return element
}

/**
 * Makes an element. Texts become text nodes: nothing that a service sends is ever parsed as HTML.
 * @param {string} tag tag and classes: `div.row.wrap`
 * @param {Record<string, string | (() => void)>} attributes functions are listeners, by event name
 * @param {...(Node | string | undefined)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes, ...children) {
  const [name = 'div', ...classes] = tag.split('.')
  const element = document.createElement(name)
  if (classes.length > 0) element.className = classes.join(' ')
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value)
    else element.setAttribute(key, value)
  }
  element.append(...children.filter((child) => child !== undefined))

  return element
}

/** An icon of the sprite, hidden from screen readers: a word is always beside it. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'i')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#i-${name}`)
  svg.append(use)

  return svg
}
