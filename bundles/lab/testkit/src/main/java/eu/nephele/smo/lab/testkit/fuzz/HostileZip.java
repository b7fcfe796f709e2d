// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** A zip or jar with edits of its entries and, behind them, of its bytes. */
public final class HostileZip {

    private static final int MOST_EDITS = 4;
    private static final int ZEROS = 1 << 20;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;

    /** What is done with an entry. */
    private enum EntryChange {
        /** Its content is edited. */
        CONTENT,
        /** It gets another name. */
        RENAME,
        /** Another entry with the same content and another name is behind it. */
        ADD,
        /** It is there again. */
        DOUBLE,
        /** It is gone. */
        REMOVE,
        /** It becomes many megabytes of zeros, which take no room. */
        SWELL,
        /** Its size is not what the archive says. */
        LIE
    }

    /** @param times how often, or how much, where that means something */
    private record EntryEdit(EntryChange kind, int entry, int times, String name, ByteEdit content) {

        @Override
        public String toString() {
            return switch (kind) {
                case CONTENT -> "CONTENT of " + entry + ": " + content;
                case RENAME, ADD -> kind + " " + entry + " \"" + name.substring(0, Math.min(60, name.length())) + "\"";
                default -> kind + " " + entry + " times " + times;
            };
        }
    }

    private static final class ZipPart {
        private final byte[] name;
        private final byte[] content;
        private final int lie;

        ZipPart(byte[] name, byte[] content, int lie) {
            this.name = name;
            this.content = content;
            this.lie = lie;
        }

        ZipPart named(String other) {
            return new ZipPart(other.getBytes(StandardCharsets.UTF_8), content, lie);
        }

        ZipPart with(byte[] other) {
            return new ZipPart(name, other, lie);
        }
    }

    private final List<EntryEdit> edits;
    private final List<ByteEdit> outer;
    private final byte[] bytes;

    private HostileZip(Map<String, byte[]> sample, List<EntryEdit> edits, List<ByteEdit> outer) {
        this.edits = edits;
        this.outer = outer;
        List<ZipPart> entries = sample.entrySet().stream()
                .map(entry -> new ZipPart(entry.getKey().getBytes(StandardCharsets.UTF_8), entry.getValue(), 0))
                .collect(Collectors.toCollection(ArrayList::new));
        edits.forEach(edit -> apply(edit, entries));
        byte[] edited = zip(entries);
        for (ByteEdit edit : outer) {
            edited = edit.apply(edited);
        }
        this.bytes = edited;
    }

    /**
     * Archives made of these.
     *
     * @param samples entries of good archives in their order
     * @param names of entries that mean something to the reader
     */
    public static Arbitrary<HostileZip> edited(List<Map<String, byte[]>> samples, List<String> names) {
        Arbitrary<EntryEdit> edit = Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(8, EntryChange.CONTENT),
                                Tuple.of(3, EntryChange.RENAME),
                                Tuple.of(2, EntryChange.ADD),
                                Tuple.of(1, EntryChange.DOUBLE),
                                Tuple.of(1, EntryChange.REMOVE),
                                Tuple.of(1, EntryChange.SWELL),
                                Tuple.of(1, EntryChange.LIE)),
                        Arbitraries.integers().between(0, 50).withDistribution(RandomDistribution.uniform()),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.oneOf(HostileTexts.values(), Arbitraries.of(names)),
                        ByteEdit.any())
                .as(EntryEdit::new);
        return Combinators.combine(
                        Arbitraries.of(samples),
                        edit.list().ofMaxSize(MOST_EDITS),
                        ByteEdit.any().list().ofMaxSize(1))
                .as(HostileZip::new);
    }

    private static void apply(EntryEdit edit, List<ZipPart> entries) {
        if (entries.isEmpty()) {
            return;
        }
        int at = edit.entry() % entries.size();
        ZipPart entry = entries.get(at);
        switch (edit.kind()) {
            case CONTENT -> entries.set(at, entry.with(edit.content().apply(entry.content)));
            case RENAME -> entries.set(at, entry.named(edit.name()));
            case ADD -> entries.add(at, entry.named(edit.name()));
            case DOUBLE -> entries.addAll(Collections.nCopies(edit.times(), entry));
            case REMOVE -> entries.remove(at);
            case SWELL -> entries.set(at, entry.with(new byte[edit.times() * ZEROS]));
            case LIE -> entries.set(at, new ZipPart(entry.name, entry.content, edit.times() - 20));
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // allocated with exactly these bytes by little
    private static byte[] zip(List<ZipPart> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<byte[]> directory = new ArrayList<>();
        for (ZipPart entry : entries) {
            int offset = out.size();
            // small ones as they are, so that edits of bytes reach what is in them
            boolean packed = entry.content.length > ZEROS / 2;
            byte[] stored = packed ? deflated(entry.content) : entry.content;
            CRC32 crc = new CRC32();
            crc.update(entry.content);
            int size = entry.content.length + entry.lie;
            ByteBuffer head = little(LOCAL_BYTES).putInt(0x04034b50);
            common(head, packed, crc, stored.length + (packed ? 0 : entry.lie), size, entry.name.length);
            out.writeBytes(head.array());
            out.writeBytes(entry.name);
            out.writeBytes(stored);
            ByteBuffer listed =
                    little(CENTRAL_BYTES + entry.name.length).putInt(0x02014b50).putShort((short) 20);
            common(listed, packed, crc, stored.length + (packed ? 0 : entry.lie), size, entry.name.length);
            listed.putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(offset);
            directory.add(listed.put(entry.name).array());
        }
        int begin = out.size();
        directory.forEach(out::writeBytes);
        short count = (short) entries.size();
        out.writeBytes(little(END_BYTES)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort(count)
                .putShort(count)
                .putInt(out.size() - begin)
                .putInt(begin)
                .array());
        return out.toByteArray();
    }

    /** What both headers of an entry have. */
    private static void common(ByteBuffer head, boolean packed, CRC32 crc, int stored, int size, int name) {
        head.putShort((short) 20)
                .putShort((short) 0x0800)
                .putShort((short) (packed ? 8 : 0))
                .putInt(0x21 << 16)
                .putInt((int) crc.getValue())
                .putInt(stored)
                .putInt(size)
                .putShort((short) name)
                .putShort((short) 0);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[ZEROS / 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    /** The archive. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return edits + " then " + outer + " (" + bytes.length + " bytes)";
    }
}
