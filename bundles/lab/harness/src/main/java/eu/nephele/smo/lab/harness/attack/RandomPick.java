// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

final class RandomPick {

    private RandomPick() {}

    static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One to {@code most} elements in a row. */
    static String some(Random random, List<String> choices, int most) {
        return random.ints(1L + random.nextInt(most), 0, choices.size())
                .mapToObj(choices::get)
                .collect(Collectors.joining());
    }

    static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
