/** Editing a question asked back: at most three questions, each with where its answers lead. Whether the tree can be walked says the engine. */
import type { GoShape } from '../api/bindings/GoShape';
import type { NodeShape } from '../api/bindings/NodeShape';
import type { TreeShape } from '../api/bindings/TreeShape';

export const EXPECTS = ['text', 'order_number', 'date', 'yes_no', 'choice'] as const;
export const MOST_QUESTIONS = 3;

/** The questions in the order in which they are met from the first one; those that nothing leads to come last. */
export function inOrder(tree: TreeShape): [name: string, node: NodeShape][] {
  const seen: string[] = [];
  const walk = (name: string) => {
    const node = tree.nodes[name];
    if (!node || seen.includes(name)) return;
    seen.push(name);
    for (const go of Object.values(node.goes_on)) if (typeof go !== 'string' && 'node' in go) walk(go.node);
  };
  walk(tree.start);
  const all = [...seen, ...Object.keys(tree.nodes).filter((name) => !seen.includes(name))];
  return all.flatMap((name) => (tree.nodes[name] ? [[name, tree.nodes[name]] as [string, NodeShape]] : []));
}

/** The answers that a question tells apart; the last one is whatever was not understood. */
export function answersOf(node: NodeShape): string[] {
  if (node.expects === 'yes_no') return ['yes', 'no', 'else'];
  if (node.expects === 'choice') return [...Object.keys(node.choices ?? {}), 'else'];
  return node.expects === 'text' ? ['any'] : ['any', 'else'];
}

/** Another kind of answer: what leads on is kept where it still has a meaning, and everything else goes to a person. */
export function expecting(node: NodeShape, expects: string): NodeShape {
  const { choices: _, ...rest } = node;
  const next: NodeShape = { ...rest, expects, ...(expects === 'choice' && { choices: node.choices ?? { a: [], b: [] } }) };
  return { ...next, goes_on: Object.fromEntries(answersOf(next).filter((answer) => answer !== 'else' || node.goes_on['else']).map((answer) => [answer, node.goes_on[answer] ?? 'person'])) };
}

export function leading(node: NodeShape, answer: string, go: GoShape): NodeShape {
  return { ...node, goes_on: { ...node.goes_on, [answer]: go } };
}

export function withNode(tree: TreeShape, name: string, node: NodeShape): TreeShape {
  return { ...tree, nodes: { ...tree.nodes, [name]: node } };
}

/** One more question, to which an answer leads from now on. */
export function added(tree: TreeShape, from: string, answer: string, language: string): TreeShape {
  const before = tree.nodes[from];
  if (!before || Object.keys(tree.nodes).length >= MOST_QUESTIONS) return tree;
  const name = [1, 2, 3].map((number) => `frage${number}`).find((free) => !tree.nodes[free]) ?? `frage${Date.now()}`;
  const node: NodeShape = { ask: { text: { [language]: '' } }, expects: 'text', goes_on: { any: 'person' } };
  return withNode(withNode(tree, name, node), from, leading(before, answer, { node: name }));
}

/** Without a question; whatever led to it leads to a person. The first one stays. */
export function removed(tree: TreeShape, name: string): TreeShape {
  if (name === tree.start) return tree;
  const { [name]: _, ...left } = tree.nodes;
  const led = (go: GoShape): GoShape => (typeof go !== 'string' && 'node' in go && go.node === name ? 'person' : go);
  const nodes = Object.fromEntries(Object.entries(left).map(([one, node]) => [one, { ...node, goes_on: Object.fromEntries(Object.entries(node.goes_on).map(([answer, go]) => [answer, led(go)])) }]));
  return { ...tree, nodes };
}

/** The words of a choice; its name stays, so what follows on it stays too. */
export function choosing(node: NodeShape, name: string, words: string[]): NodeShape {
  return { ...node, choices: { ...node.choices, [name]: words } };
}

/** One more thing to choose. */
export function withChoice(node: NodeShape): NodeShape {
  const name = [...'abcdefgh'].find((letter) => !node.choices?.[letter]);
  return name === undefined ? node : leading(choosing(node, name, []), name, 'person');
}

export function withoutChoice(node: NodeShape, name: string): NodeShape {
  const { [name]: _, ...choices } = node.choices ?? {};
  const { [name]: __, ...goes_on } = node.goes_on;
  return { ...node, choices, goes_on };
}
