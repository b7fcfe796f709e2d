// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar without its compression. A start reads some 30 MB of classes; decompressing them takes a fifteenth of
 * its processor time. Entries, their order, times and content are unchanged, and so are signatures.
 */
final class StoredJar {

    private static final int UNIX_TIME = 0x5455;
    private static final int NTFS_TIME = 0x000A;

    private StoredJar() {}

    static void copy(Path from, Path to) throws IOException {
        try (ZipInputStream compressed = new ZipInputStream(new BufferedInputStream(Files.newInputStream(from)));
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
                ZipOutputStream stored = new ZipOutputStream(file)) {
            ZipEntry entry = compressed.getNextEntry();
            while (entry != null) {
                byte[] content = compressed.readAllBytes();
                stored.putNextEntry(stored(entry, content));
                stored.write(content);
                stored.closeEntry();
                entry = compressed.getNextEntry();
            }
        }
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    }

    private static ZipEntry stored(ZipEntry original, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(original.getName());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(time(original));
        return entry;
    }

    /** A time with a zone becomes one of UTC, on every machine; one without is not touched. */
    private static LocalDateTime time(ZipEntry original) {
        return hasExactTime(original)
                ? LocalDateTime.ofInstant(original.getLastModifiedTime().toInstant(), ZoneOffset.UTC)
                : original.getTimeLocal();
    }

    private static boolean hasExactTime(ZipEntry entry) {
        byte[] extra = entry.getExtra();
        int at = 0;
        while (extra != null && at + 4 <= extra.length) {
            int tag = (extra[at] & 0xFF) | (extra[at + 1] & 0xFF) << 8;
            if (tag == UNIX_TIME || tag == NTFS_TIME) {
                return true;
            }
            at += 4 + ((extra[at + 2] & 0xFF) | (extra[at + 3] & 0xFF) << 8);
        }
        return false;
    }
}
