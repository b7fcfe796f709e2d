// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.stream.Stream;

/**
 * Detects changes in the folder of rule files. A file counts when it has not changed between two looks; one that cannot be read is as it
 * was, and is tried again with each look. Used by one thread.
 */
final class IntentRuleFolder {

    private final Path folder;
    private final int mostBytes;
    private final Map<String, FileVersion> known = new HashMap<>();
    private Map<String, FileVersion> before = Map.of();

    /** @param mostBytes larger files are not read */
    IntentRuleFolder(Path folder, int mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    private record FileVersion(long bytes, FileTime written, Object key) {}

    /**
     * What a look has found, by name of the file.
     *
     * @param changed contents of files that have changed since the last look; empty for those that are gone
     * @param unreadable why, for people
     */
    record FolderLook(SortedMap<String, Optional<byte[]>> changed, SortedMap<String, String> unreadable) {}

    /**
     * @param first whether it is the first look: nobody is writing then
     * @throws IOException the folder cannot be read: nobody knows what is in it
     */
    FolderLook look(boolean first) throws IOException {
        FolderLook look = new FolderLook(new TreeMap<>(), new TreeMap<>());
        Map<String, FileVersion> now = new HashMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            try {
                look(file, name, first, now).ifPresent(content -> look.changed().put(name, Optional.of(content)));
            } catch (NoSuchFileException meanwhile) {
                now.remove(name);
            } catch (IOException unreadable) {
                look.unreadable().put(name, unreadable.toString());
            }
        }
        for (String name : List.copyOf(known.keySet())) {
            if (!now.containsKey(name) && !look.unreadable().containsKey(name)) {
                look.changed().put(name, Optional.empty());
                known.remove(name);
            }
        }
        before = now;
        return look;
    }

    private Optional<byte[]> look(Path file, String name, boolean first, Map<String, FileVersion> now)
            throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            return Optional.empty();
        }
        FileVersion stamp = stamp(attributes);
        now.put(name, stamp);
        boolean rests = first || stamp.equals(before.get(name));
        if (!rests || stamp.equals(known.get(name))) {
            return Optional.empty();
        }
        byte[] content = content(file);
        known.put(name, stamp);
        return Optional.of(content);
    }

    /** The size that a file says is not trusted: it may grow meanwhile. */
    private byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(mostBytes + 1);
            if (content.length > mostBytes) {
                throw new IOException("%s has more than %d bytes".formatted(file.getFileName(), mostBytes));
            }
            return content;
        }
    }

    private List<Path> files() throws IOException {
        // false as well where nobody can say: then the list fails
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(IntentRuleFolder::isRuleFile).sorted().toList();
        }
    }

    private static boolean isRuleFile(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static FileVersion stamp(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileVersion(attributes.size(), attributes.lastModifiedTime(), key == null ? "" : key);
    }
}
