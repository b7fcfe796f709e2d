// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration file, its last versions, and copies of what others wrote in its place. Each file is written beside and moved, so
 * that a reload by anybody reads an old or a new one. One version is kept for each change that needs a reload.
 */
final class ConfigurationFile {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFile.class);
    private static final int VERSIONS = 10;
    private static final String VERSION_NAME = "%08d.cfg";
    private static final String VERSION_PATTERN = "\\d{8}\\.cfg";
    private static final long MOST_BYTES = 64L << 20;

    private final String system;
    private final Path file;
    private final Path versions;
    private final WaitScript script;
    private final ConfigurationCheck check;
    private final Clock clock;

    /** The file as it was last found in order: the same text says the same. */
    private volatile KeptFile lastRead = new KeptFile(BalancerState.EMPTY, "", false);

    ConfigurationFile(String system, Path file, WaitScript script, ConfigurationCheck check, Clock clock) {
        this.system = system;
        this.file = file;
        this.versions = file.resolveSibling(file.getFileName() + ".versions");
        this.script = script;
        this.check = check;
        this.clock = clock;
    }

    Path path() {
        return file;
    }

    /** What this adapter last wrote. */
    KeptFile read() {
        try {
            Optional<KeptFile> present = intact(file);
            if (present.isPresent()) {
                lastRead = present.get();
                return lastRead;
            }
            List<Path> kept = kept();
            for (int i = kept.size() - 1; i >= 0; i--) {
                Optional<KeptFile> version = intact(kept.get(i));
                if (version.isPresent()) {
                    return new KeptFile(version.get().state(), version.get().text(), false);
                }
            }
            return new KeptFile(BalancerState.EMPTY, "", false);
        } catch (IOException failed) {
            throw failed("read", failed);
        }
    }

    private Optional<KeptFile> intact(Path candidate) throws IOException {
        KeptFile known = lastRead;
        Optional<String> found = intactText(candidate, known);
        if (found.isEmpty() || isText(known, found.get())) {
            return found.map(same -> known);
        }
        String text = found.get();
        try {
            return Optional.of(new KeptFile(ConfigurationRecords.read(text), text, true));
        } catch (RuntimeException unreadable) {
            // the digest is right: written by another version of this adapter
            LOG.warn(
                    "file has records that are not understood file={} reason=\"{}\"", candidate, unreadable.toString());
            return Optional.empty();
        }
    }

    /** Writes a version of which HAProxy needs to know nothing now: members have changed. */
    void write(String text) {
        change(text, false);
        confirm(text, false);
    }

    /**
     * Writes a version that HAProxy has checked, and that is going to be loaded: {@link #confirmLoaded} or {@link #restore} follows.
     *
     * @throws AdapterException {@code REFUSED} when HAProxy does not take it; then the file is as before
     */
    void replace(String text) {
        change(text, true);
    }

    /** HAProxy runs by this text. */
    void confirmLoaded(String text) {
        confirm(text, true);
    }

    /** Puts back what was there before {@link #replace}: the last version of this adapter, else what somebody else wrote. */
    void restore(KeptFile kept) {
        try {
            if (kept.text().isEmpty()) {
                if (Files.isRegularFile(former())) {
                    move(former(), file);
                }
            } else {
                put(fresh(), kept.text());
                move(fresh(), file);
            }
        } catch (IOException failed) {
            throw failed("restore", failed);
        }
    }

    private void change(String text, boolean structural) {
        try {
            Files.createDirectories(versions);
            keepForeign();
            putScript();
            put(fresh(), text);
            if (structural) {
                check.require(fresh());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, former(), REPLACE_EXISTING);
                }
            }
            move(fresh(), file);
        } catch (IOException failed) {
            throw failed("write", failed);
        }
    }

    private void confirm(String text, boolean another) {
        try {
            keepVersion(text, another);
        } catch (IOException failed) {
            throw failed("keep a version of", failed);
        }
    }

    private Path fresh() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private Path former() {
        return file.resolveSibling(file.getFileName() + ".former");
    }

    private void putScript() throws IOException {
        if (!script.isThere()) {
            Path fresh = script.path().resolveSibling(script.path().getFileName() + ".new");
            put(fresh, script.text());
            move(fresh, script.path());
        }
    }

    private static Optional<String> intactText(Path candidate, KeptFile known) throws IOException {
        if (!Files.isRegularFile(candidate) || Files.size(candidate) > MOST_BYTES) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(candidate), StandardCharsets.UTF_8);
        return isText(known, text) || ConfigurationText.isIntact(text) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isText(KeptFile known, String text) {
        return known.ours() && known.text().equals(text);
    }

    /** What somebody else wrote is not lost. */
    private void keepForeign() throws IOException {
        if (!Files.isRegularFile(file) || intactText(file, lastRead).isPresent()) {
            return;
        }
        String prefix = file.getFileName() + ".foreign-";
        Path copy = file.resolveSibling(prefix + clock.millis());
        Files.copy(file, copy, REPLACE_EXISTING);
        LOG.warn("somebody else has changed the file={}; kept as copy={}, and ours is written again", file, copy);
        trim(listed(Optional.ofNullable(file.getParent()).orElseThrow(), name -> name.startsWith(prefix)));
    }

    private void keepVersion(String text, boolean another) throws IOException {
        List<Path> kept = kept();
        long last = kept.isEmpty()
                ? 0
                : Long.parseLong(
                        kept.get(kept.size() - 1).getFileName().toString().substring(0, 8));
        long number = another || kept.isEmpty() ? last + 1 : last;
        Path fresh = versions.resolve("new");
        Files.writeString(fresh, text);
        Files.move(fresh, versions.resolve(VERSION_NAME.formatted(number)), ATOMIC_MOVE, REPLACE_EXISTING);
        trim(kept());
    }

    private static void trim(List<Path> oldestFirst) throws IOException {
        for (int i = 0; i < oldestFirst.size() - VERSIONS; i++) {
            Files.deleteIfExists(oldestFirst.get(i));
        }
    }

    private List<Path> kept() throws IOException {
        return Files.isDirectory(versions) ? listed(versions, name -> name.matches(VERSION_PATTERN)) : List.of();
    }

    private static List<Path> listed(Path folder, Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> wanted.test(path.getFileName().toString()))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        }
    }

    private static void put(Path place, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                place, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** The move is there after a crash of the machine, too. */
    private static void move(Path fresh, Path place) throws IOException {
        Files.move(fresh, place, ATOMIC_MOVE, REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(place.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private AdapterException failed(String what, IOException why) {
        return new AdapterException(
                Kind.UNAVAILABLE,
                system,
                "Cannot %s the configuration %s: %s; may this server use its folder, and has it space?"
                        .formatted(what, file, why),
                why);
    }
}
