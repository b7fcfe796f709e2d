// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The folder of a name server. A file is replaced as a whole: the name server sees the old one or the new one, never half of
 * it.
 */
record ZoneFolder(Path folder) {

    /** Returns the file of an origin; empty when it is missing. Fails without the folder: its files are not removed then. */
    Optional<String> text(String origin) throws IOException {
        Path file = file(origin);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /**
     * Creates or replaces a file.
     *
     * @param uid of the zone: a half-written file has its name
     * @return false when another writer was first
     */
    boolean write(String origin, String uid, String text, boolean replacing) throws IOException {
        Path half = Files.writeString(half(origin, uid), text);
        try {
            if (replacing) {
                Files.move(half, file(origin), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.createLink(file(origin), half);
            }
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** Deletes a file. */
    void remove(String origin) throws IOException {
        Files.deleteIfExists(file(origin));
    }

    /** Deletes a file that was half written when the process was killed. */
    void removeHalf(String origin, String uid) throws IOException {
        Files.deleteIfExists(half(origin, uid));
    }

    private Path file(String origin) throws IOException {
        return folder.toRealPath().resolve(origin + ".zone");
    }

    private Path half(String origin, String uid) {
        return folder.resolve("%s.%s.half".formatted(origin, uid));
    }
}
