// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.runtime.SmoException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes bodies to files piece by piece. An incomplete upload leaves no file. */
public final class UploadReceiver {

    private static final Logger log = LoggerFactory.getLogger(UploadReceiver.class);
    private static final int PIECE_BYTES = 64 * 1024;
    private static final int MAX_SWALLOWED_BYTES = 4 << 20;
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Path folder;
    private final long maxBytes;

    /** @param folder folder of the files until they are taken over */
    public UploadReceiver(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** A complete body, in a file of its own. */
    public record Received(Path file, String sha256) {

        /** Removes the file, unless it has been taken over. */
        public void discard() {
            delete(file);
        }
    }

    /**
     * @param announcedBytes declared length; -1 when it is missing
     * @throws SmoException {@code TOO_LARGE}; {@code INVALID} when the body is missing or incomplete;
     * {@code UNAVAILABLE} when it cannot be stored
     */
    public Received receive(InputStream body, long announcedBytes) {
        if (announcedBytes > maxBytes) {
            throw tooLarge(body);
        }
        Path file = create();
        boolean complete = false;
        try {
            MessageDigest digest = sha256();
            long bytes = copy(body, file, digest);
            check(bytes, announcedBytes);
            complete = true;
            return new Received(file, HexFormat.of().formatHex(digest.digest()));
        } finally {
            if (!complete) {
                delete(file);
            }
        }
    }

    private long copy(InputStream body, Path file, MessageDigest digest) {
        byte[] piece = new byte[PIECE_BYTES];
        long bytes = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            for (int count = read(body, piece, bytes); count >= 0; count = read(body, piece, bytes)) {
                bytes += count;
                if (bytes > maxBytes) {
                    throw tooLarge(body);
                }
                out.write(piece, 0, count);
            }
        } catch (IOException full) {
            throw unkept(full);
        }
        return bytes;
    }

    private static int read(InputStream body, byte[] piece, long before) {
        try {
            return body.read(piece);
        } catch (IOException broken) {
            SmoException partial = brokeOff(before);
            partial.initCause(broken);
            throw partial;
        }
    }

    private static void check(long bytes, long announcedBytes) {
        if (bytes < announcedBytes) {
            throw brokeOff(bytes);
        }
        if (bytes == 0) {
            throw SmoException.invalid("The body is empty, expected the bytes of a jar or zip", List.of());
        }
    }

    private Path create() {
        try {
            return Files.createTempFile(Files.createDirectories(folder), "upload-", ".part");
        } catch (IOException full) {
            throw unkept(full);
        }
    }

    /** Reads on a little, because a client whose body is cut off may never see the answer. */
    private SmoException tooLarge(InputStream body) {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            for (long swallowed = 0, count = 0; count >= 0 && swallowed < MAX_SWALLOWED_BYTES; swallowed += count) {
                count = body.read(piece);
            }
        } catch (IOException gone) {
            log.debug("sender of a too large upload disconnected", gone);
        }
        return SmoException.tooLarge("The file is larger than the limit of %d bytes (pluginUploadMaxMiB of the PID %s)"
                .formatted(maxBytes, "eu.nephele.smo.access.rest"));
    }

    private static SmoException brokeOff(long bytes) {
        return SmoException.invalid("The upload broke off after %d bytes; send it again".formatted(bytes), List.of());
    }

    private static SmoException unkept(IOException cause) {
        SmoException unkept = SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The file cannot be stored: %s. Has the disk of the data directory free space?"
                        .formatted(cause.getMessage()),
                Optional.of(RETRY));
        unkept.initCause(cause);
        return unkept;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            log.warn("deleting upload failed file={}; the next start of the server deletes it", file, stays);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }
}
