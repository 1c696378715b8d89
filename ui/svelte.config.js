/** Runes everywhere: a component without them does not compile. */
export default { compilerOptions: { runes: true } };
