import { registerHooks } from 'node:module';

// The driver loads the ways to log in to a cloud, which no site here has, in every process that is started: a third of
// what starting costs. Thousands of processes are started, so they are left out; whoever called one would fail loudly.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('@azure/')
      ? { url: 'node:events', format: 'builtin', shortCircuit: true }
      : next(specifier, context),
});
