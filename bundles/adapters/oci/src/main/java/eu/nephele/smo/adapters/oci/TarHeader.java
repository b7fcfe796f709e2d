// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Header of an entry of a tar archive (POSIX ustar and pax, and the forms of GNU tar for long names and large files).
 *
 * @param type {@code 0} or NUL: file, {@code 5}: folder, others: see {@link TarReader}
 */
record TarHeader(String path, char type, long bytes) {

    static final int BLOCK = 512;

    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final String SPARSE = "GNU.sparse";
    private static final BigInteger MAX_BYTES = BigInteger.valueOf(1L << 40);

    /** Zeros to the next block. */
    int padding() {
        return (int) ((BLOCK - bytes % BLOCK) % BLOCK);
    }

    /** Returns whether this begins like an archive. */
    static boolean isTar(byte[] beginning) {
        return beginning.length >= BLOCK && text(beginning, MAGIC, 5).equals("ustar");
    }

    /**
     * @param block the next block, shorter at the end of the archive
     * @return empty at the end
     */
    static Optional<TarHeader> parse(byte[] block, String archive) {
        if (block.length == 0 || (block.length == BLOCK && isZero(block))) {
            return Optional.empty();
        }
        if (block.length < BLOCK) {
            throw RegistryFailures.refused(archive + " ends in the middle of a header");
        }
        if (number(block, CHECKSUM, 8, archive).longValue() != checksum(block)) {
            throw RegistryFailures.refused(archive + " is damaged: a header has a wrong checksum");
        }
        String name = text(block, 0, 100);
        String prefix = isPosix(block) ? text(block, PREFIX, 155) : "";
        return Optional.of(new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                (char) (block[TYPE] & 0xff),
                size(number(block, SIZE, 12, archive), archive)));
    }

    /** Applies the records of extended headers before this one. */
    TarHeader with(Map<String, String> extended, String archive) {
        if (extended.keySet().stream().anyMatch(key -> key.startsWith(SPARSE))) {
            throw RegistryFailures.refused(
                    "%s has a file with holes: %s".formatted(archive, RegistryMessages.bounded(path)));
        }
        String size = extended.getOrDefault("size", "");
        if (!size.isEmpty() && !size.matches("[0-9]{1,15}")) {
            throw RegistryFailures.refused(
                    "%s is damaged: a file has the size %s".formatted(archive, RegistryMessages.bounded(size)));
        }
        return new TarHeader(
                extended.getOrDefault("path", path),
                type,
                size.isEmpty() ? bytes : size(new BigInteger(size), archive));
    }

    /** Adds the records of a pax header, {@code LENGTH KEY=VALUE\n} each, that mean something here. */
    static void extend(Map<String, String> extended, byte[] records, String archive) {
        int at = 0;
        while (at < records.length) {
            int blank = at;
            while (blank < records.length && records[blank] != ' ' && blank - at < 8) {
                blank++;
            }
            String length = new String(records, at, blank - at, StandardCharsets.US_ASCII);
            int end = length.matches("[0-9]{1,7}") ? at + Integer.parseInt(length) : -1;
            if (end <= blank || end > records.length) {
                throw RegistryFailures.refused(archive + " is damaged: a header is cut off");
            }
            String entry = new String(records, blank + 1, end - blank - 2, StandardCharsets.UTF_8);
            int equals = entry.indexOf('=');
            String key = entry.substring(0, Math.max(0, equals));
            if (key.equals("path") || key.equals("size") || key.startsWith(SPARSE)) {
                extended.put(key, entry.substring(equals + 1));
            }
            at = end;
        }
    }

    private static long size(BigInteger size, String archive) {
        if (size.signum() < 0 || size.compareTo(MAX_BYTES) > 0) {
            throw RegistryFailures.refused("%s has an entry of %s bytes".formatted(archive, size));
        }
        return size.longValue();
    }

    private static BigInteger number(byte[] block, int from, int length, String archive) {
        if (block[from] < 0) {
            byte[] binary = Arrays.copyOfRange(block, from, from + length);
            binary[0] &= 0x7f;
            return new BigInteger(1, binary);
        }
        String octal = text(block, from, length).strip();
        if (!octal.matches("[0-7]*")) {
            throw RegistryFailures.refused(archive + " is damaged: a header has a wrong number");
        }
        return octal.isEmpty() ? BigInteger.ZERO : new BigInteger(octal, 8);
    }

    private static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    /** GNU tar writes blanks after the magic, and other things where POSIX has the prefix. */
    private static boolean isPosix(byte[] block) {
        return text(block, MAGIC, 6).equals("ustar") && block[MAGIC + 5] == 0;
    }

    private static boolean isZero(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }
}
