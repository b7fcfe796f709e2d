// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.core.plugins.admission.FileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Digests of files; an unchanged file is not read twice. Used by one thread. */
public final class FileDigests {

    private final Map<Path, KnownFile> known = new HashMap<>();

    private record KnownFile(
            long size, FileTime written, @Nullable Object key, String sha256) {
        boolean isOf(BasicFileAttributes now) {
            return size == now.size() && written.equals(now.lastModifiedTime()) && Objects.equals(key, now.fileKey());
        }
    }

    /**
     * Returns the digests of the files by name, without files deleted meanwhile. Digests of other files are forgotten.
     */
    public Map<String, String> compute(Collection<Path> files) throws IOException {
        known.keySet().retainAll(files);
        Map<String, String> all = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                all.put(String.valueOf(file.getFileName()), compute(file));
            } catch (NoSuchFileException goneMeanwhile) {
                known.remove(file);
            }
        }
        return all;
    }

    private String compute(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        KnownFile before = known.get(file);
        if (before != null && before.isOf(now)) {
            return before.sha256();
        }
        String sha256 = FileReader.sha256(file);
        known.put(file, new KnownFile(now.size(), now.lastModifiedTime(), now.fileKey(), sha256));
        return sha256;
    }
}
