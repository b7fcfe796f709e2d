// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.offloading;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.MoveHook.Move;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The state of services as files: one per service and cluster, and one per move under way. In a real federation the
 * places are volumes of the clusters, or an object store.
 */
final class StateFiles {

    private final Path folder;

    StateFiles(Path folder) {
        this.folder = folder;
    }

    /** The state of a service on one cluster. */
    Path at(Move move, ClusterId cluster) {
        return folder.resolve("places")
                .resolve(cluster.source())
                .resolve(cluster.name())
                .resolve(move.graph().project())
                .resolve(move.graph().name())
                .resolve(move.service());
    }

    /** State on its way; named by the assignment, so that the same move finds it again after a restart. */
    Path carried(Move move) {
        return folder.resolve("carried")
                .resolve(move.graph().project())
                .resolve(move.graph().name())
                .resolve("%s-%d".formatted(move.service(), move.assignment()));
    }

    /** The first place with state among those that the service leaves. */
    Optional<Path> source(Move move) {
        return move.from().stream()
                .map(cluster -> at(move, cluster))
                .filter(Files::exists)
                .findFirst();
    }

    /** Copies a file atomically. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Path unfinished = to.resolveSibling(to.getFileName() + ".unfinished");
        Files.copy(from, unfinished, StandardCopyOption.REPLACE_EXISTING);
        Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
