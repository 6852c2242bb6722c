/**
 * Goes to a place on the same page: brings it into view and moves the focus there, so that Tab goes on from it.
 * @param href  `#` and the id of the element
 */
export function jumpTo(href: string): void {
  const target = document.getElementById(decodeURIComponent(href.slice(1)))
  if (target === null) return
  window.history.replaceState(window.history.state, '', href)
  target.scrollIntoView()
  if (target.tabIndex < 0) target.tabIndex = -1
  target.focus({ preventScroll: true })
}
