import { Button } from '#web/ui/button.tsx'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'

import { useContent } from './content.ts'

const nothing = () => undefined

export function Deeds() {
  const g = useContent()
  return (
    <Section title={g.deeds}>
      <div className="mb-4 flex flex-wrap items-start gap-3">
        <Button look="filled" onPress={nothing}>
          {g.import}
        </Button>
        <Button icon="plus" onPress={nothing}>
          {g.save}
        </Button>
        <Button look="text" onPress={nothing}>
          {g.change}
        </Button>
        <Button tone="danger" onPress={nothing}>
          {g.remove}
        </Button>
        <Button busy onPress={nothing}>
          {g.busy}
        </Button>
      </div>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <Button size="medium" onPress={nothing}>
          {g.change}
        </Button>
        <Button size="small" label={`${g.change}: ${g.nameValue}`} onPress={nothing}>
          {g.change}
        </Button>
        <Button look="text" size="small" onPress={nothing}>
          {g.change}
        </Button>
        <ButtonLink href="/register" size="medium" icon="download">
          {g.file}
        </ButtonLink>
        <Link href="/register">{g.linkText}</Link>
        <Link href="https://www.digital.go.jp/">{g.outside}</Link>
      </div>
      <Button blockedBecause={g.because} onPress={nothing}>
        {g.blocked}
      </Button>
    </Section>
  )
}
