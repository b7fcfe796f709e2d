// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.nio.file.Path;
import java.util.List;

/**
 * A jar of the installation.
 *
 * @param path below the installation, with slashes
 * @param sha256 of the file as it is shipped
 * @param origin the artifact that it is
 * @param artifact the file that it was made from
 * @param own whether it was built here
 * @param contents artifacts inside it
 */
record ShippedFile(
        String path, String sha256, Coordinates origin, Path artifact, boolean own, List<ContainedArtifact> contents) {

    ShippedFile {
        contents = List.copyOf(contents);
    }

    /**
     * Something that was built elsewhere, inside a jar.
     *
     * @param path of the nested jar, "" when its entries are among the others
     * @param sha256 of the artifact, "" when it is only known by its name
     */
    record ContainedArtifact(Coordinates origin, String path, String sha256) {}
}
