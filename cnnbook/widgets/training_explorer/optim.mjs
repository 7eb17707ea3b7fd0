// How far each weight moves against its gradient: what cnnbook.SGD and cnnbook.Adam do.

/** @typedef {{ data: Float64Array }} Weights */

export const MOMENTUM = 0.9;
const [BETA, BETA_SQUARE, EPS] = [0.9, 0.999, 1e-8];

function descend(w, g, [velocity], { lr, momentum }) {
  for (let k = 0; k < w.length; k += 1) {
    velocity[k] = momentum * velocity[k] + g[k];
    w[k] -= lr * velocity[k];
  }
}

function adam(w, g, [mean, square], { lr, steps }) {
  const [rate, seen] = [lr / (1 - BETA ** steps), 1 - BETA_SQUARE ** steps];
  for (let k = 0; k < w.length; k += 1) {
    mean[k] += (1 - BETA) * (g[k] - mean[k]);
    square[k] += (1 - BETA_SQUARE) * (g[k] * g[k] - square[k]);
    w[k] -= (rate * mean[k]) / (Math.sqrt(square[k] / seen) + EPS);
  }
}

// Each optimiser: how it moves an array, how many arrays it remembers for it, its momentum.
const KINDS = {
  SGD: { move: descend, memories: 1, momentum: 0 },
  momentum: { move: descend, memories: 1, momentum: MOMENTUM },
  Adam: { move: adam, memories: 2, momentum: 0 },
};

export class Optimiser {
  /**
   * @param {string} kind - "SGD", "momentum" or "Adam"
   * @param {Weights[]} parameters - moved in place
   */
  constructor(kind, parameters) {
    this.kind = kind;
    this.parameters = parameters;
    this.steps = 0;
    const { memories } = KINDS[kind];
    this.memory = parameters.map(({ data }) =>
      Array.from({ length: memories }, () => new Float64Array(data.length)),
    );
  }

  // Move every parameter once.
  /**
   * @param {Weights[]} gradients - in the order of the parameters
   * @param {number} lr
   */
  step(gradients, lr) {
    this.steps += 1;
    const { move, momentum } = KINDS[this.kind];
    for (const [k, { data }] of this.parameters.entries())
      move(data, gradients[k].data, this.memory[k], { lr, momentum, steps: this.steps });
  }
}
