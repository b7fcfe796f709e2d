// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests the bytes of a part of an archive. */
final class TableStream {

    private final MessageDigest digest;
    private long bytes;

    TableStream() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }

    void add(byte[] part, int offset, int length) {
        digest.update(part, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    ArchiveManifest.TableDigest end(String name, long rows) {
        return new ArchiveManifest.TableDigest(name, rows, bytes, HexFormat.of().formatHex(digest.digest()));
    }
}
