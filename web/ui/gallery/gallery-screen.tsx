import { useTexts } from '#web/texts/language.tsx'

import { Page } from '#web/ui/page.tsx'
import { useContent } from './content.ts'
import { Deeds } from './deeds.tsx'
import { Fields } from './fields.tsx'
import { Figures } from './figures.tsx'
import { Flow } from './flow.tsx'
import { Tables } from './tables.tsx'
import { Tags } from './tags.tsx'

/** Every part in its states, for development and for tests. The content is made up. */
export function GalleryScreen() {
  const t = useTexts()
  const g = useContent()
  return (
    <Page
      title={g.title}
      lead={g.lead}
      crumbs={[
        { name: t.shell.product, href: '/' },
        { name: g.long, href: '/' },
      ]}
    >
      <Deeds />
      <Tags />
      <Fields />
      <Tables />
      <Flow />
      <Figures />
    </Page>
  )
}
