import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { ButtonLink } from '#web/ui/link.tsx'

import { changeQuery, narrows, type RegisterQuery, withoutFilters } from './query.ts'

type Props = {
  ministry: string
  query: RegisterQuery
  onGo: (query: RegisterQuery) => void
}

/** Nothing registered yet, and nothing found, are two different sentences. */
export function NothingToShow({ ministry, query, onGo }: Props) {
  const t = useTexts()
  const words = t.register.list
  if (!narrows(query, ministry)) {
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
        <span className="flex flex-wrap gap-3">
          <Button size="medium" onPress={() => onGo(withoutFilters(query, ministry))}>
            {words.removeConditions}
          </Button>
          {query.organisation !== '' && (
            <Button size="medium" look="text" onPress={() => onGo(changeQuery(query, { organisation: '' }))}>
              {words.searchEverywhere}
            </Button>
          )}
        </span>
      }
    />
  )
}
