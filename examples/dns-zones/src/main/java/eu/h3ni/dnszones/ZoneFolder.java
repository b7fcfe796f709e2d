// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The folder of a name server. A file is replaced as a whole: the name server sees the one of before or the new one, never half of it. */
record ZoneFolder(Path folder) {

    private interface Access<T> {
        T run() throws IOException;
    }

    /** The file of an origin; empty when there is none. */
    Optional<String> text(String origin) {
        return access("Read " + origin, () -> {
            Path file = file(origin);
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        });
    }

    /**
     * Writes a file where there is none, or replaces the one that is there.
     *
     * @param uid of the zone: what is half done has its name
     * @return false when somebody else was first
     */
    boolean write(String origin, String uid, String text, boolean replacing) {
        return access("Write " + origin, () -> {
            Path half = Files.writeString(half(origin, uid), text);
            if (replacing) {
                Files.move(half, file(origin), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return true;
            }
            try {
                Files.createLink(file(origin), half);
                return true;
            } catch (FileAlreadyExistsException taken) {
                return false;
            }
        });
    }

    /** Removes a file. */
    void remove(String origin) {
        access("Remove " + origin, () -> Files.deleteIfExists(file(origin)));
    }

    /** Removes what was half done, now or when the process was killed. */
    void removeHalf(String origin, String uid) {
        access("Remove " + origin, () -> Files.deleteIfExists(half(origin, uid)));
    }

    private Path file(String origin) {
        return folder.resolve(origin + ".zone");
    }

    private Path half(String origin, String uid) {
        return folder.resolve("%s.%s.half".formatted(origin, uid));
    }

    private <T> T access(String what, Access<T> access) {
        try {
            return access.run();
        } catch (IOException e) {
            String message = "%s in %s: %s; see that the folder is there and can be written".formatted(what, folder, e);
            throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "dns-zones", message, e);
        }
    }
}
