// The complementary error function by the quotients of polynomials of W. J. Cody (Mathematics of Computation
// 23, 1969): as exact as the numbers themselves, at a tenth of the price of a series.

// Near 0, in x squared.
function near(x) {
  const y = x * x;
  const above =
    (((0.18577770618460315 * y + 3.1611237438705655) * y + 113.86415415105016) * y + 377.485237685302) * y +
    3209.3775891384694;
  const below =
    (((y + 23.601290952344122) * y + 244.02463793444417) * y + 1282.6165260773723) * y + 2844.236833439171;
  return (x * above) / below;
}

// Up to 4, and a factor exp(-z * z).
function middle(z) {
  let above = 2.1531153547440383e-8 * z + 0.5641884969886701;
  above = (above * z + 8.883149794388377) * z + 66.11919063714163;
  above = (above * z + 298.6351381974001) * z + 881.952221241769;
  above = (above * z + 1712.0476126340707) * z + 2051.0783778260716;
  above = above * z + 1230.3393547979972;
  let below = (z + 15.744926110709835) * z + 117.6939508913125;
  below = (below * z + 537.1811018620099) * z + 1621.3895745666903;
  below = (below * z + 3290.7992357334597) * z + 4362.619090143247;
  below = (below * z + 3439.3676741437216) * z + 1230.3393548037495;
  return above / below;
}

// Beyond, in 1 / z squared, and the same factor.
function far(z) {
  const y = 1 / (z * z);
  let above = (0.016315387137302097 * y + 0.30532663496123236) * y + 0.36034489994980445;
  above = (above * y + 0.12578172611122926) * y + 0.016083785148742275;
  above = above * y + 0.0006587491615298378;
  let below = (y + 2.568520192289822) * y + 1.8729528499234673;
  below = (below * y + 0.5279051029514285) * y + 0.06051834131244132;
  below = below * y + 0.0023352049762686918;
  return (1 / Math.sqrt(Math.PI) - (y * above) / below) / z;
}

/**
 * @param {number} x
 * @returns {number}
 */
export function erfc(x) {
  const z = Math.abs(x);
  if (z <= 0.46875) return 1 - near(x);
  if (z > 27) return x > 0 ? 0 : 2;
  const rest = Math.exp(-z * z) * (z <= 4 ? middle(z) : far(z));
  return x < 0 ? 2 - rest : rest;
}
