// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Detects changes in the folder of rule files. A file counts when it has not changed between two looks. Used by one thread. */
final class IntentRuleFolder {

    private final Path folder;
    private final Map<String, FileVersion> known = new HashMap<>();
    private Map<String, FileVersion> before = Map.of();

    IntentRuleFolder(Path folder) {
        this.folder = folder;
    }

    private record FileVersion(long bytes, FileTime written, Object key) {}

    /**
     * Contents of files that have changed since the last look, by name; empty for those that are gone.
     *
     * @param first whether it is the first look: nobody is writing then
     */
    SortedMap<String, Optional<byte[]>> look(boolean first) throws IOException {
        SortedMap<String, Optional<byte[]>> changes = new TreeMap<>();
        Map<String, FileVersion> now = new HashMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            try {
                FileVersion stamp = stamp(file);
                now.put(name, stamp);
                boolean rests = first || stamp.equals(before.get(name));
                if (rests && !stamp.equals(known.get(name))) {
                    changes.put(name, Optional.of(Files.readAllBytes(file)));
                    known.put(name, stamp);
                }
            } catch (NoSuchFileException meanwhile) {
                now.remove(name);
            }
        }
        for (String name : new TreeSet<>(known.keySet())) {
            if (!now.containsKey(name)) {
                changes.put(name, Optional.empty());
                known.remove(name);
            }
        }
        before = now;
        return changes;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(IntentRuleFolder::isRuleFile)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isRuleFile(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static FileVersion stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        return new FileVersion(attributes.size(), attributes.lastModifiedTime(), key == null ? "" : key);
    }
}
