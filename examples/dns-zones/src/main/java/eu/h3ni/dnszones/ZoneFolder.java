// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The folder of a name server. A file is replaced as a whole: the name server sees the one of before or the new one, never half of it. */
record ZoneFolder(Path folder) {

    /** The file of an origin; empty when there is none. Fails when the folder is away: its files are not removed then. */
    Optional<String> text(String origin) throws IOException {
        Path file = file(origin);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /**
     * Writes a file where there is none, or replaces the one that is there.
     *
     * @param uid of the zone: what is half done has its name
     * @return false when somebody else was first
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

    /** Removes a file. */
    void remove(String origin) throws IOException {
        Files.deleteIfExists(file(origin));
    }

    /** Removes what was half done when the process was killed. */
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
