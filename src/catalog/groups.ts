/**
 * Groups of nodes of which each leads to every other (strongly connected components, Tarjan 1972); most have one node.
 * A group stands after all groups that it leads to. Without recursion, so that a long chain costs no stack.
 * @param next  by node, the nodes that it leads to
 */
export function groups(next: readonly (readonly number[])[]): number[][] {
  const found: number[][] = []
  const order: number[] = next.map(() => -1)
  const lowest: number[] = next.map(() => -1)
  const waiting: number[] = []
  const isWaiting: boolean[] = next.map(() => false)
  let count = 0
  const close = (node: number): void => {
    const group: number[] = []
    for (let member = waiting.pop(); member !== undefined; member = waiting.pop()) {
      isWaiting[member] = false
      group.push(member)
      if (member === node) break
    }
    found.push(group)
  }
  for (let start = 0; start < next.length; start++) {
    const way: { node: number; turn: number }[] = []
    const enter = (node: number): void => {
      order[node] = lowest[node] = count++
      waiting.push(node)
      isWaiting[node] = true
      way.push({ node, turn: 0 })
    }
    if (order[start] === -1) enter(start)
    for (let top = way.at(-1); top; top = way.at(-1)) {
      const { node } = top
      const to = next[node]![top.turn++]
      if (to !== undefined) {
        if (order[to] === -1) enter(to)
        else if (isWaiting[to]) lowest[node] = Math.min(lowest[node]!, order[to]!)
        continue
      }
      way.pop()
      const before = way.at(-1)
      if (before) lowest[before.node] = Math.min(lowest[before.node]!, lowest[node]!)
      if (lowest[node] === order[node]) close(node)
    }
  }
  return found
}
