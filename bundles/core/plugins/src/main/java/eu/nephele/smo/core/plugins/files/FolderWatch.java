// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.core.plugins.admission.CentralDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects changes by others in the folder. A file is reported when it is complete: it ends as a zip does and did not
 * change between two polls; or when it has not grown for so long that it never will be complete. Used by one thread.
 */
public final class FolderWatch {

    private static final Duration PATIENCE = Duration.ofMillis(1_200);

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final PluginFolder folder;
    private final Clock clock;
    private final Map<String, Stamp> known = new HashMap<>();
    private final Map<String, Growing> growing = new HashMap<>();

    public FolderWatch(PluginFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Changes since the last poll.
     *
     * @param more whether another poll is worth while soon
     */
    public record FolderChanges(List<String> present, List<String> gone, boolean more) {}

    private record Stamp(
            long size, FileTime written, @Nullable Object key) {}

    private record Growing(Stamp stamp, Instant since) {}

    public FolderChanges poll() throws IOException {
        List<String> names = folder.names();
        List<String> present = new ArrayList<>();
        for (String name : names) {
            if (isReady(name)) {
                present.add(name);
            }
        }
        Set<String> left = new HashSet<>(known.keySet());
        names.forEach(left::remove);
        left.forEach(known::remove);
        growing.keySet().retainAll(names);
        return new FolderChanges(present, left.stream().sorted().toList(), !growing.isEmpty());
    }

    /** Records a change of our own to a file, so that it is not reported. */
    public void seen(String name) throws IOException {
        Path file = folder.file(name);
        growing.remove(name);
        if (Files.exists(file)) {
            known.put(name, stamp(file));
        } else {
            known.remove(name);
        }
    }

    /** Records that we put this content there; a later change of the file is reported. */
    public void put(String name, Path content) throws IOException {
        Path file = folder.file(name);
        growing.remove(name);
        known.remove(name);
        try {
            Stamp stamp = stamp(file);
            if (Files.mismatch(file, content) < 0) {
                known.put(name, stamp);
            }
        } catch (NoSuchFileException goneMeanwhile) {
            LOG.debug("plugin file was deleted meanwhile file={}", name);
        }
    }

    private boolean isReady(String name) throws IOException {
        Path file = folder.file(name);
        try {
            Stamp stamp = stamp(file);
            if (stamp.equals(known.get(name))) {
                return false;
            }
            Growing before = growing.get(name);
            if (before == null || !Objects.equals(before.stamp(), stamp)) {
                growing.put(name, new Growing(stamp, clock.instant()));
                return false;
            }
            boolean complete = CentralDirectory.read(file).isPresent();
            if (complete || clock.instant().isAfter(before.since().plus(PATIENCE))) {
                growing.remove(name);
                known.put(name, stamp);
                return true;
            }
            return false;
        } catch (NoSuchFileException goneMeanwhile) {
            return false;
        }
    }

    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
}
