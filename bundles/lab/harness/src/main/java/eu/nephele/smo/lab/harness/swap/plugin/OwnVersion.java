// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of the bundle that this class was loaded from: read through its own class loader, so that it cannot be another's. */
final class OwnVersion {

    /** File in the jar. */
    static final String FILE = "version.txt";

    static final String TEXT = read();

    private OwnVersion() {}

    /** The last part. */
    static int number() {
        return Integer.parseInt(TEXT.substring(TEXT.lastIndexOf('.') + 1));
    }

    private static String read() {
        try (InputStream in = OwnVersion.class.getResourceAsStream("/" + FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing beside this class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
