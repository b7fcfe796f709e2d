// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration with which an SMO finds this world. */
record SmoSettings(Testbed testbed) {

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
    }
}
