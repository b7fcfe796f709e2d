// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The central directory at the end of a zip, read without trusting it: it shows whether the file is complete, and the
 * symbolic links, which the JDK's reader does not report.
 *
 * @param entries in order
 */
public record CentralDirectory(List<DirectoryEntry> entries) {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    /** Bytes of the list, which is read as a whole, here and by the JDK: 65,535 entries, as many as a list can have, of 256 bytes. */
    public static final int MAX_DIRECTORY_BYTES = 16 << 20;

    private static final int FILE_TYPE = 0xF000;
    private static final int LINK = 0xA000;

    public CentralDirectory {
        entries = List.copyOf(entries);
    }

    public record DirectoryEntry(String name, boolean link) {}

    /**
     * @return empty when the file is no zip, not a whole one, or has a list of more than {@link #MAX_DIRECTORY_BYTES}
     */
    public static Optional<CentralDirectory> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < END_BYTES) {
                return Optional.empty();
            }
            int tailBytes = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
            ByteBuffer tail = read(channel, size - tailBytes, tailBytes);
            for (int at = tailBytes - END_BYTES; at >= 0; at--) {
                if (tail.getInt(at) == END_SIGNATURE
                        && at + END_BYTES + unsigned(tail.getShort(at + 20)) == tailBytes) {
                    return at(channel, tail, at, size - tailBytes + at);
                }
            }
            return Optional.empty();
        }
    }

    private static Optional<CentralDirectory> at(FileChannel channel, ByteBuffer tail, int at, long endOffset)
            throws IOException {
        int count = unsigned(tail.getShort(at + 10));
        long bytes = Integer.toUnsignedLong(tail.getInt(at + 12));
        long offset = Integer.toUnsignedLong(tail.getInt(at + 16));
        if (offset + bytes != endOffset || bytes > MAX_DIRECTORY_BYTES) {
            return Optional.empty();
        }
        return entries(read(channel, offset, (int) bytes), count).map(CentralDirectory::new);
    }

    private static Optional<List<DirectoryEntry>> entries(ByteBuffer directory, int count) {
        List<DirectoryEntry> entries = new ArrayList<>();
        int at = 0;
        while (at < directory.limit()) {
            if (at + ENTRY_BYTES > directory.limit() || directory.getInt(at) != ENTRY_SIGNATURE) {
                return Optional.empty();
            }
            int name = unsigned(directory.getShort(at + 28));
            int next = at
                    + ENTRY_BYTES
                    + name
                    + unsigned(directory.getShort(at + 30))
                    + unsigned(directory.getShort(at + 32));
            if (next > directory.limit()) {
                return Optional.empty();
            }
            byte[] text = new byte[name];
            directory.get(at + ENTRY_BYTES, text);
            boolean link = (directory.getInt(at + 38) >>> 16 & FILE_TYPE) == LINK;
            entries.add(new DirectoryEntry(new String(text, StandardCharsets.UTF_8), link));
            at = next;
        }
        return entries.size() == count ? Optional.of(entries) : Optional.empty();
    }

    private static ByteBuffer read(FileChannel channel, long offset, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
            // a read may bring less than asked for
        }
        return buffer.flip();
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }
}
