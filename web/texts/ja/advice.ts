export const advice = {
  title: '助言と条件',
}
