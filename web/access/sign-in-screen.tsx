import { useTexts } from '#web/texts/language.tsx'
import { Page } from '#web/ui/page.tsx'

export function SignInScreen() {
  const t = useTexts()
  return <Page title={t.access.title}>{null}</Page>
}
