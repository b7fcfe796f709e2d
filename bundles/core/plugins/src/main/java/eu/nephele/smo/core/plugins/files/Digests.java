// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.core.plugins.admission.FileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Digests of the files in the folder; one that nobody has touched is not read twice. Used by one thread. */
public final class Digests {

    private final PluginFolder folder;
    private final Map<String, Known> known = new HashMap<>();

    private record Known(
            long size, FileTime written, @Nullable Object key, String sha256) {
        boolean isOf(BasicFileAttributes now) {
            return size == now.size() && written.equals(now.lastModifiedTime()) && Objects.equals(key, now.fileKey());
        }
    }

    public Digests(PluginFolder folder) {
        this.folder = folder;
    }

    /** Of all files that may be plugins, by name. */
    public Map<String, String> all() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String name : folder.names()) {
            try {
                all.put(name, of(name));
            } catch (NoSuchFileException goneMeanwhile) {
                known.remove(name);
            }
        }
        known.keySet().retainAll(all.keySet());
        return all;
    }

    private String of(String name) throws IOException {
        Path file = folder.file(name);
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Known before = known.get(name);
        if (before != null && before.isOf(now)) {
            return before.sha256();
        }
        String sha256 = FileReader.sha256(file);
        known.put(name, new Known(now.size(), now.lastModifiedTime(), now.fileKey(), sha256));
        return sha256;
    }
}
