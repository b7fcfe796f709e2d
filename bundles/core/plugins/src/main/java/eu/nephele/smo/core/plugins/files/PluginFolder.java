// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder {@code DATA/plugins}: the files of the plugins, and beside them a copy of the running content of each,
 * which stays when the file is overwritten. A file is put there whole or not at all.
 */
public final class PluginFolder {

    private static final String KEPT = ".kept";
    private static final String REPLACED = ".replaced";

    private final Path root;
    private final Path scratch;
    private final ContentCopier contentCopier;
    private final ReplacedContents replaced;

    /** Copies content; a test lets the disk be full. */
    @FunctionalInterface
    interface ContentCopier {
        void copy(Path from, OutputStream to) throws IOException;
    }

    /** @param scratch folder on the same disk for what is not complete */
    public PluginFolder(Path root, Path scratch) throws IOException {
        this(root, scratch, Files::copy);
    }

    PluginFolder(Path root, Path scratch, ContentCopier contentCopier) throws IOException {
        this.root = Files.createDirectories(root);
        this.scratch = Files.createDirectories(scratch);
        this.contentCopier = contentCopier;
        Files.createDirectories(root.resolve(KEPT));
        this.replaced = new ReplacedContents(
                this, Files.createDirectories(root.resolve(REPLACED)), ReplacedContents.RetentionBounds.STANDARD);
    }

    public Path scratch() {
        return scratch;
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    public Path kept(String name) {
        return root.resolve(KEPT).resolve(name);
    }

    /** Names of the files that may be plugins, in order. */
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(PluginFolder::isPlugin)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isPlugin(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (lower.endsWith(".jar") || lower.endsWith(".zip"));
    }

    /** Returns whether a name is that of a file that may be a plugin, and leads nowhere else. */
    public boolean takes(String name) {
        return isPlugin(name)
                && root.resolve(name).equals(root.resolve(Path.of(name).getFileName()));
    }

    /** Possible places of the content of that name, our own copy first. */
    public List<Path> copies(String name) {
        return Stream.of(staged(name), kept(name), file(name))
                .filter(Files::isRegularFile)
                .toList();
    }

    /** Moves a file in; afterwards it is there whole, or nothing is. */
    public void take(Path from, String name) throws IOException {
        try {
            Files.move(from, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherDisk) {
            put(from, file(name));
            Files.deleteIfExists(from);
        }
        sync(root);
    }

    /**
     * Copies the content that was read to a place of our own. Bundles are installed from there, so that the content
     * cannot be exchanged after its examination.
     *
     * @throws IOException also when the file was changed meanwhile
     */
    public Path stage(PluginFile read) throws IOException {
        Path staged = staged(String.valueOf(read.path().getFileName()));
        put(read.path(), staged);
        if (!FileReader.sha256(staged).equals(read.sha256())) {
            Files.deleteIfExists(staged);
            throw new IOException("%s was changed while it was read".formatted(read.name()));
        }
        return staged;
    }

    private Path staged(String name) {
        return kept(name + ".next");
    }

    /** Remembers what was staged as what runs. */
    public void keep(String name) throws IOException {
        if (Files.exists(staged(name))) {
            Files.move(staged(name), kept(name), StandardCopyOption.ATOMIC_MOVE);
            sync(root.resolve(KEPT));
        }
    }

    public void unstage(String name) throws IOException {
        Files.deleteIfExists(staged(name));
    }

    /** Puts what ran last back under its name; what is there now becomes {@code name.refused}. */
    public void restore(String name) throws IOException {
        if (Files.exists(file(name))) {
            Files.move(file(name), file(name + ".refused"), StandardCopyOption.REPLACE_EXISTING);
        }
        put(kept(name), file(name));
        sync(root);
    }

    public void remove(String name) throws IOException {
        Files.deleteIfExists(file(name));
        Files.deleteIfExists(kept(name));
        unstage(name);
        sync(root);
    }

    public ReplacedContents replaced() {
        return replaced;
    }

    /** Returns the content to keep of a plugin whose file is about to be removed; empty without one. */
    public Optional<Path> content(String name) {
        return Stream.of(kept(name), file(name)).filter(Files::exists).findFirst();
    }

    /** Copies by way of the scratch folder, onto the disk. */
    public void put(Path from, Path to) throws IOException {
        Path part = Files.createTempFile(scratch, "plugin", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                contentCopier.copy(from, out);
            }
            sync(part);
            move(part, to);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes a text onto the disk, whole or not at all. */
    void write(String name, String text) throws IOException {
        Path part = Files.createTempFile(scratch, "state", ".part");
        try {
            Files.writeString(part, text);
            sync(part);
            move(part, file(name));
            sync(root);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void move(Path part, Path to) throws IOException {
        try {
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherDisk) {
            Path beside = to.resolveSibling("." + to.getFileName() + ".part");
            try {
                Files.copy(part, beside, StandardCopyOption.REPLACE_EXISTING);
                sync(beside);
                Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    private static void sync(Path place) throws IOException {
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
