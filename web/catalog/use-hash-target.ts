import { useEffect } from 'react'

/** Items come after the page was opened, so an address with `#…` is followed once they are there. */
export function useHashTarget(ready: boolean): void {
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1))
    if (ready && id !== '') document.getElementById(id)?.scrollIntoView()
  }, [ready])
}
