// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;

/** Opens a file, whatever the address says. */
final class FileHandler extends URLStreamHandler {

    private final Path file;

    FileHandler(Path file) {
        this.file = file;
    }

    @Override
    protected URLConnection openConnection(URL address) throws IOException {
        return file.toUri().toURL().openConnection();
    }
}
