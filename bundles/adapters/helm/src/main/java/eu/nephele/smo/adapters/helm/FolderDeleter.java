// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

final class FolderDeleter {

    private FolderDeleter() {}

    /** Deletes as far as possible: another process may still be writing there. */
    static boolean delete(Path folder) {
        // a link is deleted, not its target
        File[] entries = Files.isSymbolicLink(folder) ? null : folder.toFile().listFiles();
        if (entries != null) {
            for (File entry : entries) {
                delete(entry.toPath());
            }
        }
        return folder.toFile().delete();
    }
}
