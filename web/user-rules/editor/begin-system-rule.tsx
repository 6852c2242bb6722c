import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import { textOf } from '#register/model.ts'
import type { RuleList } from '#user-rules/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { systemQuery } from '#web/register/calls.ts'
import { oneOf } from '#web/search.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'

/** Begins a rule and opens it. */
export function useBegin() {
  const client = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: (of: { organisationId: string } | { systemId: string }) =>
      api.post<{ id: string }>('organisationId' in of ? '/ministry-rules' : '/system-rules', of),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['user-rules'] })
      router.history.push(paths.userRule(id))
    },
  })
}

/** For the system that a link names: the list below names only those in operation, and the rule is needed before. */
export function BeginSystemRule({ list }: { list: RuleList }) {
  const system = oneOf(useSearch({ strict: false }), 'system')
  return system === '' ? null : <OfSystem systemId={system} list={list} />
}

function OfSystem({ systemId, list }: { systemId: string; list: RuleList }) {
  const t = useTexts()
  const pick = usePick()
  const begin = useBegin()
  const query = useQuery(systemQuery(systemId))
  const texts = t.userRules.list
  const there = list.rules.find((rule) => rule.system?.id === systemId)
  return (
    <Loaded query={query}>
      {({ data: system }) => (
        <Panel
          title={t.userRules.ofSystem(pick({ ja: textOf(system.facts, 'name'), en: textOf(system.facts, 'name-en') }))}
          className="mb-8"
        >
          {begin.isError && <Problem error={begin.error} takesFocus />}
          {there ? (
            <ButtonLink href={paths.userRule(there.id)}>{texts.openRule}</ButtonLink>
          ) : (
            <Button
              look="filled"
              busy={begin.isPending}
              onPress={() => begin.mutate({ systemId })}
              {...(list.may.beginSystem ? {} : { blockedBecause: texts.onlyPlanner })}
            >
              {texts.begin}
            </Button>
          )}
        </Panel>
      )}
    </Loaded>
  )
}
