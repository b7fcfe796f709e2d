// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.util.Random;

/** One family of hostile requests. */
interface Attack {

    String name();

    /** @param target of the request, whose names are unique to this case */
    Shot next(Random random, AttackTarget target);
}
