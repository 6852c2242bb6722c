import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { ButtonLink } from '#web/ui/link.tsx'

import { hasFilters, type RegisterQuery, withoutFilters } from './query.ts'

type Props = { query: RegisterQuery; total: number | undefined; onGo: (query: RegisterQuery) => void }

/** Nothing registered yet, and nothing found, are two different sentences. */
export function NothingToShow({ query, total, onGo }: Props) {
  const t = useTexts()
  const words = t.register.list
  if (!hasFilters(query) || total === 0) {
    return (
      <Empty
        why={words.none}
        todo={words.noneTodo}
        action={
          <ButtonLink href={paths.importNew()} size="medium">
            {t.importing.list.new}
          </ButtonLink>
        }
      />
    )
  }
  return (
    <Empty
      why={words.noResult}
      todo={words.noResultTodo}
      action={
        <Button size="medium" onPress={() => onGo(withoutFilters(query))}>
          {words.removeConditions}
        </Button>
      }
    />
  )
}
