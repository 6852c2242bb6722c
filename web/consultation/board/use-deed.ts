import { useMutation, useQueryClient } from '@tanstack/react-query'

/** A deed on a case: afterwards everything of the docket is asked again, and so are the numbers of the navigation. */
export function useDeed<Input, Output>(run: (input: Input) => Promise<Output>, onDone?: (output: Output) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: async (output) => {
      onDone?.(output)
      await Promise.all(
        ['board-cases', 'board-meetings', 'board-seats', 'navigation-counts'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      )
    },
  })
}
