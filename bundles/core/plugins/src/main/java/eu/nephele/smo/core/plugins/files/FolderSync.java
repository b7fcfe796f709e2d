// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Computes the actions that bring a folder in accord with the store. The store wins, except for files that were added or
 * changed since this server last wrote down the content of the folder: these are requests.
 */
public final class FolderSync {

    private FolderSync() {}

    public enum FileAction {
        /** it is what the store has */
        KEEP,
        /** the store has it, the folder has nothing, or what it had before */
        FETCH,
        /** the store has it no more: file and plugin go */
        REMOVE,
        /** an operator has added or overwritten it */
        LEAVE
    }

    public record FileStep(String file, FileAction deed) {}

    /**
     * @param store digests of what the store has, by name of the file
     * @param known digests that this server saw in the store and had in the folder when it recorded them last
     * @param folder digests of the files in the folder
     * @return steps in the order of their execution: removals free space first
     */
    public static List<FileStep> plan(
            Map<String, String> store, Map<String, String> known, Map<String, String> folder) {
        TreeSet<String> names = new TreeSet<>(store.keySet());
        names.addAll(known.keySet());
        names.addAll(folder.keySet());
        List<FileStep> steps = new ArrayList<>();
        for (String name : names) {
            steps.add(new FileStep(
                    name,
                    deed(
                            Optional.ofNullable(store.get(name)),
                            Optional.ofNullable(known.get(name)),
                            Optional.ofNullable(folder.get(name)))));
        }
        steps.sort((one, other) -> Boolean.compare(one.deed() != FileAction.REMOVE, other.deed() != FileAction.REMOVE));
        return steps;
    }

    private static FileAction deed(Optional<String> store, Optional<String> known, Optional<String> folder) {
        if (folder.isPresent() && folder.equals(store)) {
            return FileAction.KEEP;
        }
        boolean ours = folder.isEmpty() || folder.equals(known);
        if (!ours) {
            return FileAction.LEAVE;
        }
        return store.isPresent() ? FileAction.FETCH : FileAction.REMOVE;
    }
}
