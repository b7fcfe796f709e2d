// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A sample and the edits that were made to it. The edits are what is shrunk and what is shown. */
public final class HostileBytes {

    private static final int MOST_EDITS = 6;
    /** Repeated edits make a file large; this is more than any entry takes. */
    private static final int MOST_BYTES = 8 << 20;

    private final String sample;
    private final List<ByteEdit> edits;
    private final byte[] bytes;

    private HostileBytes(String sample, List<ByteEdit> edits, byte[] content) {
        this.sample = sample;
        this.edits = List.copyOf(edits);
        byte[] edited = content;
        for (ByteEdit edit : edits) {
            if (edited.length < MOST_BYTES) {
                edited = edit.apply(edited);
            }
        }
        this.bytes = edited;
    }

    /** @param samples by name; in any order, since names give it */
    public static Arbitrary<HostileBytes> edited(Map<String, byte[]> samples) {
        Map<String, byte[]> sorted = new TreeMap<>(samples);
        return Combinators.combine(
                        Arbitraries.of(List.copyOf(sorted.keySet())),
                        ByteEdit.any().list().ofMinSize(1).ofMaxSize(MOST_EDITS))
                .as((name, edits) -> new HostileBytes(name, edits, sorted.getOrDefault(name, new byte[0])));
    }

    /** @param samples texts by name */
    public static Arbitrary<HostileBytes> editedTexts(Map<String, String> samples) {
        Map<String, byte[]> bytes = new TreeMap<>();
        samples.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return edited(bytes);
    }

    /** The edited content. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The same as text; what is no UTF-8 becomes the character for that. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The name of the sample. */
    public String sample() {
        return sample;
    }

    @Override
    public String toString() {
        return sample + " " + edits + " (" + bytes.length + " bytes)";
    }
}
