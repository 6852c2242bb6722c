import { useTexts } from '#web/texts/language.tsx'
import { Page } from '#web/ui/page.tsx'

export function RegisterNewScreen() {
  const t = useTexts()
  return <Page title={t.register.title}>{null}</Page>
}
