// Names of containers: what is allowed, and what one gets that was given none.

import type { Random } from '../fs/random.ts';
import { refuse } from './engine-error.ts';
import { pick } from './ids.ts';

/** Docker: daemon/names. A single letter is no name. */
const allowed = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

export const checkName = (name: string): string => {
  const bare = name.replace(/^\//, '');
  return allowed.test(bare) ? bare : refuse('bad-container-name', name);
};

/** `adjective_surname`; a digit is added when all luck fails. */
export const randomName = (random: Random, isTaken: (name: string) => boolean): string => {
  for (let attempt = 0; attempt < 6; attempt++) {
    const name = `${adjectives[pick(random, adjectives.length)]}_${surnames[pick(random, surnames.length)]}`;
    const tried = attempt === 0 ? name : `${name}${pick(random, 10)}`;
    if (!isTaken(tried)) return tried;
  }
  return randomName(random, isTaken);
};

const words = (text: string): string[] => text.trim().split(/\s+/);

const adjectives = words(`
  amber ample bold brave breezy bright brisk calm candid careful cheerful clear clever cosy crisp curious daring
  deft dapper eager early earnest easy epic fair fearless fine fleet fond frank free fresh friendly gallant gentle
  giddy glad golden good graceful grand happy hardy hearty honest hopeful humble jolly jovial keen kind lively loyal
  lucid lucky mellow merry mighty mild modest neat nimble noble patient plucky polite proud quick quiet ready restful
  robust rosy serene sharp silent silver sincere sleek smart snug sober steady stoic sturdy sunny swift tender tidy
  trusty upbeat useful valiant vivid warm willing wise witty zesty
`);

/** People of computing, mathematics and the sciences. */
const surnames = words(`
  abel agnesi allen ampere babbage backus bardeen bartik bernoulli bohr boltzmann boole bose brouwer cantor cauchy
  cerf clarke codd coulomb cray curry dahl darboux dijkstra dirac eckert erdos euclid euler faraday fermat feynman
  fibonacci fourier franklin frege galois gauss germain goldstine gosling hamming hilbert hopper huffman huygens
  jacobi kahan kepler kernighan kleene knuth kolmogorov kovalevskaya lagrange lamarr lamport laplace legendre leibniz
  liskov lovelace markov maxwell mccarthy meitner milner minsky naur newell newton noether nygaard pascal perlis
  planck poincare postel ramanujan riemann ritchie shannon steele strachey sutherland tarjan thompson torvalds turing
  wilkes wirth wozniak yao zuse
`);
