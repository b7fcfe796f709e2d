// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.nio.file.Path;

/**
 * Location of a version in a repository.
 *
 * @param coordinates coordinates of the artifact
 * @param folder folder of its files
 * @param version as in the names of its files
 * @param time {@code yyyyMMdd.HHmmss}
 * @param build number of the snapshot
 */
record RepositoryTarget(Coordinates coordinates, Path folder, String version, String time, int build) {

    Path file(RepositoryPart part) {
        String classifier = part.classifier().isEmpty() ? "" : "-" + part.classifier();
        return folder.resolve("%s-%s%s.%s".formatted(coordinates.artifact(), version, classifier, part.extension()));
    }

    /**
     * One of its files.
     *
     * @param classifier "" for the main one
     */
    record RepositoryPart(String classifier, String extension) {}
}
