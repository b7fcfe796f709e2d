// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.file.AutoscalerSettings.BackupSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Keeps one copy for each day in UTC: the first of the day. A file has its name only when it is whole and was read back. */
public final class DailyCopies {

    private static final String SUFFIX = ".json";

    private final CopyFolders folders;

    public DailyCopies(CopyFolders folders) {
        this.folders = folders;
    }

    /**
     * Takes the copy of today if there is none, and removes those that are too many.
     *
     * @return why there is none; empty when there is one
     */
    public Optional<String> take(String pool, BackupSettings settings, Supplier<PoolCopy> copy, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        try {
            Path folder = folders.folder(settings.path());
            Path target = folder.resolve(name(pool, today));
            if (!Files.exists(target)) {
                write(copy.get(), folder, target);
                removeOld(pool, settings.retentionDays(), folder, today);
            }
            return Optional.empty();
        } catch (IOException | SmoException e) {
            return Optional.of("There is no copy of %s: %s".formatted(today, e.getMessage()));
        }
    }

    private static void write(PoolCopy copy, Path folder, Path target) throws IOException {
        Path draft = folder.resolve("." + target.getFileName() + ".new");
        try {
            ByteBuffer bytes = ByteBuffer.wrap(copy.text().getBytes(StandardCharsets.UTF_8));
            try (FileChannel channel = FileChannel.open(
                    draft,
                    Set.of(WRITE, CREATE, TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (!PoolCopy.parse(Files.readString(draft)).equals(copy)) {
                throw new IOException("what was read back from %s is not what was written".formatted(folder));
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException("%s in %s".formatted(e.getMessage(), folder), e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Those of the newest days stay, counted by copies and not by the clock: one that is wrong for a moment, or a server that was off,
     * costs none. Copies of days to come are those of a wrong clock; they neither count nor go.
     */
    private static void removeOld(String pool, int most, Path folder, LocalDate today) throws IOException {
        List<LocalDate> days;
        try (Stream<Path> files = Files.list(folder)) {
            days = files.flatMap(file -> day(pool, file.getFileName().toString()).stream())
                    .filter(day -> !day.isAfter(today))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (LocalDate old : days.subList(Math.min(most, days.size()), days.size())) {
            Files.deleteIfExists(folder.resolve(name(pool, old)));
        }
    }

    private static String name(String pool, LocalDate day) {
        return pool + "-" + day + SUFFIX;
    }

    private static Optional<LocalDate> day(String pool, String name) {
        if (!name.startsWith(pool + "-") || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        String day = name.substring(pool.length() + 1, name.length() - SUFFIX.length());
        try {
            return Optional.of(LocalDate.parse(day))
                    .filter(parsed -> parsed.toString().equals(day));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
