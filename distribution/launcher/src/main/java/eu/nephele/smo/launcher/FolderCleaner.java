// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Removes everything in a folder, also while others remove and create files there. Links are removed, not followed. */
final class FolderCleaner extends SimpleFileVisitor<Path> {

    private final Path folder;
    private Optional<IOException> left = Optional.empty();

    private FolderCleaner(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one pass over the folder.
     *
     * @throws IOException when an entry cannot be removed
     */
    static FolderCleaner of(Path folder) throws IOException {
        FolderCleaner folderCleaner = new FolderCleaner(folder);
        Files.walkFileTree(folder, folderCleaner);
        return folderCleaner;
    }

    /** An entry created in the meantime; empty when none remains. */
    Optional<IOException> left() {
        return left;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (!visited.equals(folder)) {
            try {
                Files.deleteIfExists(visited);
            } catch (DirectoryNotEmptyException filled) {
                left = Optional.of(filled);
            }
        }
        return FileVisitResult.CONTINUE;
    }
}
