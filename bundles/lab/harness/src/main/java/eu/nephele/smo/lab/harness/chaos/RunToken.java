// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Administrator's token of all servers of a run. */
record RunToken(String value) {

    private static final int BYTES = 32;

    static RunToken make() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new RunToken(HexFormat.of().formatHex(random));
    }

    /** Before a server with this data starts, which then makes none of its own. */
    void put(Path data) throws IOException {
        Path file = Files.createDirectories(data.resolve("etc")).resolve("admin.token");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
    }

    @Override
    public String toString() {
        return "RunToken";
    }
}
