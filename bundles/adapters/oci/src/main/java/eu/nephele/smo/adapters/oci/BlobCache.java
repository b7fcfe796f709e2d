// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contents on disk, each in a file named by its digest, which is checked at every use. Above the size limit, those that were
 * not used for longest are evicted; the time of the file is that of its last use, so that it survives a restart.
 */
final class BlobCache {

    private static final Logger LOG = LoggerFactory.getLogger(BlobCache.class);
    private static final Duration STAYS = Duration.ofMinutes(1);

    private final Path blobs;
    private final Path parts;
    private final long maxBytes;
    private final Clock clock;

    BlobCache(Path directory, long maxBytes, Clock clock) throws IOException {
        this.blobs = Files.createDirectories(directory.resolve("blobs"));
        this.parts = Files.createDirectories(directory.resolve("parts"));
        this.maxBytes = maxBytes;
        this.clock = clock;
        for (Path part : files(parts)) {
            Files.deleteIfExists(part);
        }
    }

    /** Empty if it is missing or damaged. */
    Optional<Path> find(Digest digest, String suffix) throws IOException {
        Path file = file(digest, suffix);
        if (!touch(file)) {
            return Optional.empty();
        }
        if (digest.equals(digestOf(file))) {
            return Optional.of(file);
        }
        LOG.warn("damaged artifact evicted file={}; fetching it again", file);
        Files.deleteIfExists(file);
        return Optional.empty();
    }

    /** Without checking the content. */
    boolean has(Digest digest, String suffix) {
        return Files.exists(file(digest, suffix));
    }

    /** Creates a file for an incoming content; the caller passes it to {@link #keep} or deletes it. */
    Path part(Digest digest) throws IOException {
        return Files.createTempFile(parts, digest.hex(), ".part");
    }

    /** Moves a file with exactly this content into the cache. */
    Path keep(Path part, Digest digest, String suffix) throws IOException {
        Path file = file(digest, suffix);
        Files.setLastModifiedTime(part, FileTime.from(clock.instant()));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        evict();
        return file;
    }

    private Path file(Digest digest, String suffix) {
        return blobs.resolve(digest.hex() + suffix);
    }

    private synchronized boolean touch(Path file) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private record StoredBlob(Path file, long bytes, Instant used) {}

    /** Returns empty if the file was deleted meanwhile: damaged files can be deleted at any time. */
    private static Optional<StoredBlob> stored(Path file) throws IOException {
        try {
            Instant used = Files.getLastModifiedTime(file).toInstant();
            return Optional.of(new StoredBlob(file, Files.size(file), used));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private synchronized void evict() throws IOException {
        List<StoredBlob> stored = new ArrayList<>();
        for (Path file : files(blobs)) {
            stored(file).ifPresent(stored::add);
        }
        stored.sort(Comparator.comparing(StoredBlob::used));
        long bytes = stored.stream().mapToLong(StoredBlob::bytes).sum();
        Instant young = clock.instant().minus(STAYS);
        for (StoredBlob oldest : stored) {
            if (bytes <= maxBytes || oldest.used().isAfter(young)) {
                return;
            }
            Files.deleteIfExists(oldest.file());
            bytes -= oldest.bytes();
        }
    }

    private static Digest digestOf(Path file) throws IOException {
        MessageDigest digest = Digest.sha256();
        try (InputStream content = Files.newInputStream(file);
                DigestOutputStream sum = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            content.transferTo(sum);
        }
        return Digest.finished(digest);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
