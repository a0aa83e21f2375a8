// Which lines two texts have in common.

/** Texts that differ in more lines have little to do with each other, and nobody looks for what. */
const MOST = 2000;

/**
 * @typedef {object} Stretch
 * @property {boolean} same whether both texts have these lines
 * @property {number} oldFrom the first line of the former text, from 0
 * @property {number} oldTo the one after the last
 * @property {number} newFrom
 * @property {number} newTo
 */

/**
 * The shortest way from the former lines to the next ones, by the algorithm of E. Myers: takes as
 * long as there are lines, times the differences.
 *
 * @param {string[]} former
 * @param {string[]} next
 * @returns {Stretch[]} that follow each other and have all lines of both; never two of a kind
 */
export function diff(former, next) {
  const ends = Math.min(former.length, next.length);
  let head = 0;
  while (head < ends && former[head] === next[head]) {
    head++;
  }
  let tail = 0;
  while (tail < ends - head && former[former.length - 1 - tail] === next[next.length - 1 - tail]) {
    tail++;
  }
  const pairs = common(former.slice(head, former.length - tail), next.slice(head, next.length - tail));
  const stretches = [];
  let [left, right] = [0, 0];
  const add = (same, oldTo, newTo) => {
    if (oldTo === left && newTo === right) {
      return;
    }
    const last = stretches.at(-1);
    if (last?.same === same) {
      Object.assign(last, { oldTo, newTo });
    } else {
      stretches.push({ same, oldFrom: left, oldTo, newFrom: right, newTo });
    }
    [left, right] = [oldTo, newTo];
  };
  add(true, head, head);
  for (const [x, y] of pairs) {
    add(false, head + x, head + y);
    add(true, head + x + 1, head + y + 1);
  }
  add(false, former.length - tail, next.length - tail);
  add(true, former.length, next.length);
  return stretches;
}

/** The places of the lines that both have, in order; none if they differ too much. */
function common(former, next) {
  const numbers = new Map();
  const numbered = (lines) =>
    Int32Array.from(lines, (line) => numbers.get(line) ?? (numbers.set(line, numbers.size), numbers.size - 1));
  const a = numbered(former);
  const b = numbered(next);
  const most = Math.min(a.length + b.length, MOST);
  // How far one comes on each diagonal k = x - y, with as many differences as the round has.
  const reached = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const rounds = [];
  for (let round = 0; round <= most; round++) {
    rounds.push(reached.slice(middle - round - 1, middle + round + 2));
    for (let k = -round; k <= round; k += 2) {
      const down = k === -round || (k !== round && reached[middle + k - 1] < reached[middle + k + 1]);
      let x = down ? reached[middle + k + 1] : reached[middle + k - 1] + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) {
        x++;
      }
      reached[middle + k] = x;
      if (x >= a.length && x - k >= b.length) {
        return back(rounds, a.length, b.length);
      }
    }
  }
  return [];
}

/** The way that led there, from its end to its beginning. */
function back(rounds, width, height) {
  const pairs = [];
  let [x, y] = [width, height];
  for (let round = rounds.length - 1; round >= 0; round--) {
    const reached = rounds[round];
    const at = (diagonal) => reached[diagonal + round + 1];
    const k = x - y;
    const down = k === -round || (k !== round && at(k - 1) < at(k + 1));
    const fromX = round === 0 ? 0 : down ? at(k + 1) : at(k - 1);
    const fromY = round === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      pairs.push([--x, --y]);
    }
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}
