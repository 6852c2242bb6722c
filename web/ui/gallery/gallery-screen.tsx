import { Page } from '#web/ui/page.tsx'

export function GalleryScreen() {
  return <Page title="UI">{null}</Page>
}
