export const procurement = {
  title: '調達・契約',
}
