import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import type { Sheet, SheetItem } from '#procurement/sheets/api.ts'
import type { ProcurementList } from '#procurement/sheets/api-lists.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import type { ItemEdit } from '#procurement/sheets/edit-item.ts'
import type { ProofInput } from '#procurement/sheets/prove-item.ts'
import type { ProcurementState } from '#procurement/sheets/workflow.ts'
import { api } from '#web/api.ts'

export type ListFilter = {
  readonly state: readonly string[]
  readonly waits?: string | undefined
  readonly cursor?: string | undefined
}

export const procurementsQuery = ({ state, waits, cursor }: ListFilter) =>
  queryOptions({
    queryKey: ['procurements', state, waits ?? '', cursor ?? ''],
    queryFn: ({ signal }) =>
      api.get<ProcurementList>('/procurements', {
        signal,
        query: { state: [...state], ...(waits ? { waits } : {}), ...(cursor ? { cursor } : {}) },
      }),
  })

export const sheetQuery = (id: string) =>
  queryOptions({
    queryKey: ['procurement', id],
    queryFn: ({ signal }) => api.get<SheetPage>(`/procurements/${id}`, { signal }),
  })

const openIt = (systemId: string) => api.post<{ id: string; number: string }>('/procurements', { systemId })

export function useOpening(onOpened: (id: string) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: openIt,
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['procurements'] })
      void client.invalidateQueries({ queryKey: ['navigation-counts'] })
      onOpened(id)
    },
  })
}

type Which = Pick<SheetItem, 'item' | 'version'>
/** The deeds on one sheet, each answered with the sheet as it is afterwards. */
export type Deed =
  | { readonly do: 'decide'; readonly item: Which; readonly included: boolean | null; readonly reason?: string }
  | { readonly do: 'accept' }
  | { readonly do: 'renew' }
  | { readonly do: 'edit'; readonly item: Which; readonly edit: ItemEdit }
  | { readonly do: 'add-proof'; readonly item: string; readonly proof: ProofInput }
  | {
      readonly do: 'change-proof'
      readonly item: string
      readonly proofId: string
      readonly version: number
      readonly proof: ProofInput
    }
  | { readonly do: 'remove-proof'; readonly item: string; readonly proofId: string; readonly version: number }
  | { readonly do: 'move'; readonly to: ProcurementState; readonly version: number; readonly reason?: string }

function send(id: string, deed: Deed): Promise<Sheet> {
  const at = `/procurements/${id}`
  switch (deed.do) {
    case 'decide': {
      const body = { included: deed.included, ...(deed.reason ? { reason: deed.reason } : {}) }
      return api.put<Sheet>(`${at}/items/${deed.item.item}/decision`, body, { version: deed.item.version })
    }
    case 'accept':
    case 'renew':
      return api.post<Sheet>(`${at}/${deed.do}`, undefined)
    case 'edit':
      return api.patch<Sheet>(`${at}/items/${deed.item.item}`, deed.edit, { version: deed.item.version })
    case 'add-proof':
      return api.post<Sheet>(`${at}/items/${deed.item}/proofs`, deed.proof)
    case 'change-proof':
      return api.put<Sheet>(`${at}/items/${deed.item}/proofs/${deed.proofId}`, deed.proof, { version: deed.version })
    case 'remove-proof':
      return api.delete<Sheet>(`${at}/items/${deed.item}/proofs/${deed.proofId}`, { version: deed.version })
    case 'move': {
      const body = { to: deed.to, ...(deed.reason ? { reason: deed.reason } : {}) }
      return api.post<Sheet>(`${at}/state`, body, { version: deed.version })
    }
  }
}

/** The answer is shown at once; what hangs on the sheet beside it (steps, columns) is asked for again. */
export function useDeed(id: string, onDone?: (deed: Deed, sheet: Sheet) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (deed: Deed) => send(id, deed),
    onSuccess: async (sheet, deed) => {
      client.setQueryData<SheetPage>(['procurement', id], (page) => (page ? { ...page, sheet } : page))
      onDone?.(deed, sheet)
      await refresh(client, id)
    },
  })
}

async function refresh(client: QueryClient, id: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['procurement', id] }),
    client.invalidateQueries({ queryKey: ['procurements'] }),
    client.invalidateQueries({ queryKey: ['navigation-counts'] }),
  ])
}
