// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cache on disk of the targets of references without a digest: a file each, with digest, time, and reference as its lines. */
final class TagCache {

    private static final String PART = ".part";

    private final Path directory;
    private final Clock clock;

    TagCache(Path directory, Clock clock) throws IOException {
        this.directory = Files.createDirectories(directory.resolve("tags"));
        this.clock = clock;
    }

    record KnownTag(Digest digest, Instant at) {}

    Optional<KnownTag> find(ArtifactReference reference) throws IOException {
        return read(file(reference));
    }

    void remember(ArtifactReference reference, Digest digest) throws IOException {
        Path part = Files.createTempFile(directory, "", PART);
        String lines = digest + "\n" + clock.instant().toEpochMilli() + "\n" + reference + "\n";
        try {
            Files.writeString(part, lines);
            Files.move(part, file(reference), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Deletes entries without a target, and files left incomplete by the end of the server. */
    void keepOnly(Predicate<Digest> there) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.toList();
        }
        for (Path file : files) {
            if (file.toString().endsWith(PART)
                    || read(file).filter(known -> there.test(known.digest())).isEmpty()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path file(ArtifactReference reference) {
        return directory.resolve(
                Digest.of(reference.toString().getBytes(StandardCharsets.UTF_8)).hex());
    }

    private static Optional<KnownTag> read(Path file) throws IOException {
        try {
            String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1);
            if (lines.length < 2 || !lines[1].matches("[0-9]{1,15}")) {
                return Optional.empty();
            }
            return Digest.parse(lines[0])
                    .map(digest -> new KnownTag(digest, Instant.ofEpochMilli(Long.parseLong(lines[1]))));
        } catch (NoSuchFileException never) {
            return Optional.empty();
        }
    }
}
