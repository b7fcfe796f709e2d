// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
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

    void write(String origin, String text) {
        access("Write " + origin, () -> Files.move(
                Files.writeString(half(origin), text),
                file(origin),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
    }

    /** Also removes the half of a file that a crash has left. */
    void remove(String origin) {
        access("Remove " + origin, () -> Files.deleteIfExists(half(origin)) | Files.deleteIfExists(file(origin)));
    }

    private Path file(String origin) {
        return folder.resolve(origin + ".zone");
    }

    private Path half(String origin) {
        return folder.resolve(origin + ".zone.half");
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
