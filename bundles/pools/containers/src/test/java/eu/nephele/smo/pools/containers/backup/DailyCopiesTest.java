// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings.BackupSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies by a clock that the test moves. */
class DailyCopiesTest {

    private static final JsonObject FILE = Texts.READER.document(Texts.LEAST);

    @TempDir
    Path data;

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private int made;

    private BackupSettings settings(String path, int days) {
        return new BackupSettings(true, path, days);
    }

    private Optional<String> take(String path, int days) {
        return new DailyCopies(new CopyFolders(data, List.of()))
                .take(
                        "default",
                        settings(path, days),
                        () -> {
                            made++;
                            return PoolCopy.taken("default", "containers", now, FILE, Optional.empty());
                        },
                        now);
    }

    private Optional<String> take(int days) {
        return take("backups/containers", days);
    }

    private List<String> names() throws IOException {
        return names(data.resolve("backups/containers"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void thereIsOneForEachDayAndOnlyTheNewestStay() throws IOException {
        for (int hours = 0; hours < 10 * 24; hours++) {
            assertThat(take(3)).isEmpty();
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(names())
                .containsExactly("default-2026-03-08.json", "default-2026-03-09.json", "default-2026-03-10.json");
        assertThat(made).as("one each day, the first of it").isEqualTo(10);
        Path newest = data.resolve("backups/containers/default-2026-03-10.json");
        assertThat(PoolCopy.parse(Files.readString(newest)).takenAt()).isEqualTo(Instant.parse("2026-03-10T00:00:00Z"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(newest)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(newest.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aClockThatJumpsForwardAndBackCostsNoCopy() throws IOException {
        for (int day = 0; day < 3; day++) {
            take(3);
            now = now.plus(Duration.ofDays(1));
        }
        Instant right = now;
        now = Instant.parse("2099-01-01T00:00:00Z");
        take(3);
        assertThat(names()).contains("default-2026-03-02.json", "default-2026-03-03.json", "default-2099-01-01.json");
        now = right;
        take(3);
        now = right.minus(Duration.ofDays(2));
        assertThat(take(3)).as("there is one of that day").isEmpty();
        assertThat(names())
                .containsExactly(
                        "default-2026-03-02.json",
                        "default-2026-03-03.json",
                        "default-2026-03-04.json",
                        "default-2099-01-01.json");
    }

    @Test
    void aServerThatWasOffForAYearKeepsItsOldCopies() throws IOException {
        for (int day = 0; day < 3; day++) {
            take(3);
            now = now.plus(Duration.ofDays(1));
        }
        now = now.plus(Duration.ofDays(365));
        take(3);
        assertThat(names()).hasSize(3).contains("default-2026-03-02.json", "default-2026-03-03.json");
    }

    @Test
    void whatIsNotACopyOfThisPoolIsLeftAlone() throws IOException {
        Path folder = Files.createDirectories(data.resolve("backups/containers"));
        List<String> others =
                List.of("default-2020-01-01.json.bak", "default-notes.json", "other-2020-01-01.json", "readme");
        for (String other : others) {
            Files.writeString(folder.resolve(other), "mine");
        }
        take(1);
        now = now.plus(Duration.ofDays(1));
        take(1);
        assertThat(names())
                .containsAll(others)
                .contains("default-2026-03-02.json")
                .hasSize(others.size() + 1);
    }

    @Test
    void aPathOutsideIsRefusedAndNothingIsWritten() throws IOException {
        for (String outside : List.of("etc", "/tmp/smo-copies", "backups/../etc", "../elsewhere", ".", "backupsx")) {
            assertThat(take(outside, 3)).as(outside).hasValueSatisfying(why -> assertThat(why)
                    .contains("autoscaler.backup.path", "backupFolders"));
        }
        assertThat(names(data)).isEmpty();
        assertThat(made).isZero();
    }

    @Test
    void aLinkThatLeadsOutsideIsRefused() throws IOException {
        Path outside = Files.createDirectories(data.resolve("outside"));
        Files.createDirectories(data.resolve("backups"));
        Files.createSymbolicLink(data.resolve("backups/containers"), outside);
        assertThat(take(3)).isPresent();
        assertThat(take("backups/containers/deeper", 3)).isPresent();
        assertThat(names(outside)).isEmpty();
    }

    @Test
    void aFolderThatIsNamedInTheConfigurationIsAllowed() throws IOException {
        Path other = data.resolve("elsewhere");
        DailyCopies copies = new DailyCopies(new CopyFolders(data.resolve("data"), List.of(other)));
        assertThat(copies.take(
                        "default",
                        settings(other.resolve("pool").toString(), 3),
                        () -> PoolCopy.taken("default", "containers", now, FILE, Optional.empty()),
                        now))
                .isEmpty();
        assertThat(names(other.resolve("pool"))).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidAndTriedAgain() throws IOException {
        Path inTheWay = Files.writeString(
                Files.createDirectories(data.resolve("backups")).resolve("containers"), "");
        assertThat(take(3)).hasValueSatisfying(why -> assertThat(why).contains("2026-03-01", "containers"));
        Files.delete(inTheWay);
        assertThat(take(3)).isEmpty();
    }

    /** A real disk of 64 KiB that is full: needs the right to mount. */
    @Test
    void aFullDiskIsSaidAndFormerCopiesStay() throws Exception {
        Path folder = Files.createDirectories(data.resolve("backups/containers"));
        boolean mounted = exit("mount", "-t", "tmpfs", "-o", "size=64k", "smo-test", folder.toString()) == 0;
        if (!mounted) {
            System.err.println("*** SKIPPED, NO RIGHT TO MOUNT A SMALL DISK ***");
        }
        Assumptions.assumeTrue(mounted, "the right to mount a tmpfs");
        try {
            assertThat(take(1)).isEmpty();
            try (Stream<Integer> sizes = Stream.iterate(0, size -> size + 1)) {
                fill(folder.resolve("filling"), sizes);
            }
            now = now.plus(Duration.ofDays(1));
            assertThat(take(1)).hasValueSatisfying(why -> assertThat(why)
                    .contains("2026-03-02", "No space left", folder.toString()));
            assertThat(names(folder)).as("and no draft").containsExactly("default-2026-03-01.json", "filling");
            Files.delete(folder.resolve("filling"));
            assertThat(take(1)).isEmpty();
            assertThat(names(folder)).containsExactly("default-2026-03-02.json");
        } finally {
            assertThat(exit("umount", folder.toString())).isZero();
        }
    }

    private static void fill(Path file, Stream<Integer> pieces) throws IOException {
        byte[] piece = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            for (Integer ignored : (Iterable<Integer>) pieces::iterator) {
                out.write(piece);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            return 127;
        }
    }
}
