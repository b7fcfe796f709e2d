// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program in Lua by which requests wait in HAProxy.
 *
 * @param path where HAProxy reads it
 */
record WaitScript(Path path, String text) {

    private static final String NAME = "smo-wait.lua";

    /** @param file of the configuration, in whose folder the program is */
    static WaitScript beside(Path file) {
        try (InputStream source = WaitScript.class.getResourceAsStream(NAME)) {
            if (source == null) {
                throw new IllegalStateException("the bundle has no " + NAME);
            }
            return new WaitScript(file.resolveSibling(NAME), new String(source.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the bundle does not give its " + NAME, unreadable);
        }
    }

    boolean isThere() throws IOException {
        return Files.isRegularFile(path) && Files.readString(path).equals(text);
    }
}
