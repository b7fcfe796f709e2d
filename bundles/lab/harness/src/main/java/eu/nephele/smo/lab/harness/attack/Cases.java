// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** All cases of a seed; each is decided by the seed and its own number, so that it can be repeated alone. */
final class Cases {

    /** Spreads neighbouring numbers over all seeds of {@link Random}. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Coprime to the hundred turns, so that the families alternate instead of coming in blocks. */
    private static final int STRIDE = 37;

    private static final SlowSender SLOW = new SlowSender();
    private static final List<Attack> TURNS = turns();

    private final long seed;

    Cases(long seed) {
        this.seed = seed;
    }

    /** Share in percent. */
    private static List<Attack> turns() {
        List<Attack> attacks = new ArrayList<>();
        attacks.addAll(Collections.nCopies(25, new PathAttack()));
        attacks.addAll(Collections.nCopies(25, new HeaderAttack()));
        attacks.addAll(Collections.nCopies(10, new ManifestAttack()));
        attacks.addAll(Collections.nCopies(20, new NumberAttack()));
        attacks.addAll(Collections.nCopies(10, new SizeAttack()));
        attacks.addAll(Collections.nCopies(9, new WireAttack()));
        attacks.add(SLOW);
        return List.copyOf(attacks);
    }

    /** Returns whether the case holds its connection on purpose. */
    static boolean isSlow(int number) {
        return attack(number) == SLOW;
    }

    private static Attack attack(int number) {
        return TURNS.get((int) Math.floorMod((long) number * STRIDE, (long) TURNS.size()));
    }

    Case next(AttackTarget target) {
        Random random = new Random((seed * SPREAD) ^ (((target.number() + 1L) * SPREAD) >>> 1));
        Attack attack = attack(target.number());
        return new Case(target.number(), attack.name(), attack.next(random, target));
    }

    record Case(int number, String family, Shot shot) {}
}
