// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The random numbers of Python's module {@code random} for a text as seed: the generator MT19937 of M. Matsumoto and T. Nishimura ("Mersenne
 * Twister", ACM Transactions on Modeling and Computer Simulation 8, 1998), and what Python 3 makes of its bits. Instances that were generated
 * there are generated here. Not thread-safe.
 */
final class PythonRandom {

    private static final int N = 624;
    private static final int M = 397;
    private static final int MATRIX_A = 0x9908b0df;
    private static final int UPPER_BIT = 0x80000000;
    private static final int LOWER_BITS = 0x7fffffff;
    private static final int FIRST_SEED = 19650218;
    private static final int FIRST_FACTOR = 1812433253;
    private static final int MIX_FACTOR = 1664525;
    private static final int LAST_FACTOR = 1566083941;
    private static final double TWO_TO_26 = 67108864;
    private static final double TWO_TO_53 = 9007199254740992.0;

    private final int[] state = new int[N];
    private int index = N;

    PythonRandom(String seed) {
        int[] key = key(seed);
        state[0] = FIRST_SEED;
        for (int i = 1; i < N; i++) {
            state[i] = FIRST_FACTOR * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
        int i = 1;
        int j = 0;
        for (int k = Math.max(N, key.length); k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * MIX_FACTOR)) + key[j] + j;
            i = next(i);
            j = (j + 1) % key.length;
        }
        for (int k = N - 1; k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * LAST_FACTOR)) - i;
            i = next(i);
        }
        state[0] = UPPER_BIT;
    }

    private int next(int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    /** The text and its SHA-512 as one number, in words of 32 bits, the lowest first. */
    private static int[] key(String seed) {
        byte[] text = seed.getBytes(StandardCharsets.UTF_8);
        byte[] hash;
        try {
            hash = MessageDigest.getInstance("SHA-512").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-512", impossible);
        }
        byte[] all = new byte[text.length + hash.length];
        System.arraycopy(text, 0, all, 0, text.length);
        System.arraycopy(hash, 0, all, text.length, hash.length);
        BigInteger number = new BigInteger(1, all);
        int[] key = new int[(number.bitLength() + Integer.SIZE - 1) / Integer.SIZE];
        for (int word = 0; word < key.length; word++) {
            key[word] = number.shiftRight(word * Integer.SIZE).intValue();
        }
        return key;
    }

    private int bits() {
        if (index >= N) {
            for (int k = 0; k < N; k++) {
                int mixed = (state[k] & UPPER_BIT) | (state[(k + 1) % N] & LOWER_BITS);
                state[k] = state[(k + M) % N] ^ (mixed >>> 1) ^ ((mixed & 1) == 0 ? 0 : MATRIX_A);
            }
            index = 0;
        }
        int y = state[index++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** At least 0, less than 1. */
    double random() {
        int high = bits() >>> 5;
        int low = bits() >>> 6;
        return (high * TWO_TO_26 + low) / TWO_TO_53;
    }

    /** At least 0, less than the bound. */
    int below(int bound) {
        int length = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
        int number = bits() >>> (Integer.SIZE - length);
        while (number >= bound) {
            number = bits() >>> (Integer.SIZE - length);
        }
        return number;
    }

    double uniform(double from, double to) {
        return from + (to - from) * random();
    }

    double exponential(double rate) {
        return -Math.log(1 - random()) / rate;
    }

    int choice(int... values) {
        return values[below(values.length)];
    }

    /** Returns an index, chosen in proportion to its weight. */
    int weighted(double... weights) {
        double[] sums = new double[weights.length];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            total += weights[i];
            sums[i] = total;
        }
        double drawn = random() * total;
        int chosen = 0;
        while (chosen < weights.length - 1 && drawn >= sums[chosen]) {
            chosen++;
        }
        return chosen;
    }

    /** Returns so many different numbers of at least 0 and less than the size, in random order. */
    List<Integer> sample(int size, int count) {
        int few = 21;
        for (int power = 1; count > 5 && power < count * 3; power *= 4) {
            few = 21 + power * 4;
        }
        Set<Integer> drawn = new LinkedHashSet<>();
        if (size > few) {
            while (drawn.size() < count) {
                drawn.add(below(size));
            }
            return List.copyOf(drawn);
        }
        List<Integer> pool = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            pool.add(i);
        }
        for (int i = 0; i < count; i++) {
            int position = below(size - i);
            drawn.add(pool.get(position));
            pool.set(position, pool.get(size - i - 1));
        }
        return List.copyOf(drawn);
    }
}
