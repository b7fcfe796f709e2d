// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import eu.nephele.smo.core.contract.store.StoredConfiguration;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folder of configurations that the server reads. Changes of the store are written into it, and their progress beside
 * it: if the folder is lost, both are lost and all changes are applied again. Used by one thread at a time.
 */
final class ConfigurationFolder {

    /** File names have at most 255 bytes on most systems, extensions included. */
    private static final int MOST_BYTES = 200;

    /** Progress; the watcher ignores it. */
    static final String CARRIED = "carried.json";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFolder.class);
    private static final String TYPED = ".config";
    private static final List<String> FORMATS = List.of(".cfg", TYPED);

    private final Path folder;

    ConfigurationFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    AppliedChanges carried() throws IOException {
        Path file = folder.resolve(CARRIED);
        if (!Files.exists(file)) {
            return AppliedChanges.NOTHING;
        }
        try {
            return AppliedChanges.of(Files.readString(file));
        } catch (IllegalArgumentException | CharacterCodingException broken) {
            LOG.error(
                    "reading progress of configuration failed file={} reason=\"{}\"; all changes of the store are"
                            + " applied again",
                    file,
                    broken.getMessage());
            return AppliedChanges.NOTHING;
        }
    }

    void remember(AppliedChanges appliedChanges) throws IOException {
        put(CARRIED, appliedChanges.toJson(), Optional.empty());
    }

    /**
     * Writes the file of a change into the folder, or removes it. A file written by somebody else is set aside, also in
     * the plain format, which has no typed lists.
     *
     * @return with this change
     */
    AppliedChanges carryOut(StoredConfiguration change, AppliedChanges before) throws IOException {
        require(change.pid());
        Files.createDirectories(folder);
        AppliedChanges now = before;
        String typed = change.pid() + TYPED;
        Optional<String> digest = change.content().map(ConfigurationFolder::sha256);
        List<Path> former = new ArrayList<>();
        for (String format : FORMATS) {
            String name = change.pid() + format;
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                former.add(file);
                String there = sha256(Files.readAllBytes(file));
                boolean wanted =
                        name.equals(typed) && digest.filter(there::equals).isPresent();
                if (!wanted && !there.equals(before.files().get(name))) {
                    Path aside = folder.resolve(name + ".replaced");
                    Files.copy(file, aside, COPY_ATTRIBUTES, REPLACE_EXISTING);
                    LOG.info(
                            "configuration file set aside file={} renamed={}.replaced; a change of the store"
                                    + " replaces it",
                            name,
                            name);
                }
            }
            now = now.without(name);
        }
        if (change.content().isPresent()) {
            // Written before the former one is removed: removing the only file would remove the configuration.
            put(typed, change.content().get(), former.stream().findFirst());
            former.remove(folder.resolve(typed));
            now = now.with(typed, digest.orElseThrow());
        }
        for (Path file : former) {
            Files.delete(file);
        }
        return now;
    }

    static boolean isName(String pid) {
        return !pid.isBlank()
                && pid.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && !pid.startsWith(".")
                && pid.chars().noneMatch(c -> c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0);
    }

    /** @throws IOException unless it {@link #isName} */
    static void require(String pid) throws IOException {
        if (!isName(pid)) {
            throw new IOException("the PID is not a valid file name: " + pid);
        }
    }

    /** @throws IOException when the folder is not writable, as far as that can be checked */
    void requireWritable() throws IOException {
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("the folder is not writable: " + folder);
        }
    }

    /** @param former its permissions are kept for the new one */
    private void put(String name, String text, Optional<Path> former) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve(name + ".new");
        if (former.isPresent()) {
            Files.copy(former.get(), fresh, COPY_ATTRIBUTES, REPLACE_EXISTING);
        }
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, folder.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is not available", impossible);
        }
    }
}
