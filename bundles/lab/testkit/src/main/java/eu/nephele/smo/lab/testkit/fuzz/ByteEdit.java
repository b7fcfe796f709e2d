// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * One change of bytes.
 *
 * @param at where it begins, in millionths of the length
 * @param length bytes that it is about
 * @param text what is put in, a byte for each character
 */
public record ByteEdit(ByteChange kind, int at, int length, String text) {

    private static final int WHOLE = 1_000_000;

    /** What is done. */
    public enum ByteChange {
        /** Some bytes are gone. */
        REMOVE,
        /** Some bytes are there again, many times. */
        REPEAT,
        /** A text is put in. */
        INSERT,
        /** A text takes the place of as many bytes. */
        OVERWRITE,
        /** The bits of one byte are changed. */
        FLIP,
        /** Nothing is behind this place. */
        CUT
    }

    /** Any edit. */
    public static Arbitrary<ByteEdit> any() {
        return Combinators.combine(
                        Arbitraries.of(ByteChange.class),
                        Arbitraries.integers().between(0, WHOLE).withDistribution(RandomDistribution.uniform()),
                        Arbitraries.integers().between(1, 64),
                        HostileTexts.fragments())
                .as(ByteEdit::new);
    }

    byte[] apply(byte[] before) {
        int begin = (int) ((long) at * before.length / WHOLE);
        int end = Math.min(before.length, begin + length);
        ByteArrayOutputStream after = new ByteArrayOutputStream(before.length);
        after.write(before, 0, begin);
        switch (kind) {
            case REMOVE -> after.write(before, end, before.length - end);
            case REPEAT -> {
                for (int i = 0; i < length; i++) {
                    after.write(before, begin, end - begin);
                }
                after.write(before, begin, before.length - begin);
            }
            case INSERT -> {
                after.writeBytes(bytes());
                after.write(before, begin, before.length - begin);
            }
            case OVERWRITE -> {
                byte[] put = bytes();
                after.writeBytes(put);
                int rest = Math.min(before.length, begin + put.length);
                after.write(before, rest, before.length - rest);
            }
            case FLIP -> {
                if (begin < before.length) {
                    after.write(before[begin] ^ length);
                    after.write(before, begin + 1, before.length - begin - 1);
                }
            }
            case CUT -> {
                // what is before is all
            }
        }
        return after.toByteArray();
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        String shown = text.length() > 60 ? text.substring(0, 60) + "… (" + text.length() + ")" : text;
        return switch (kind) {
            case INSERT, OVERWRITE -> kind + " at " + at + " " + quoted(shown);
            case CUT -> kind + " at " + at;
            default -> kind + " at " + at + " length " + length;
        };
    }

    private static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.chars().forEach(c -> shown.append(c < ' ' || (c > '~' && c < 256) ? "\\x%02x".formatted(c) : (char) c));
        return shown.append('"').toString();
    }
}
