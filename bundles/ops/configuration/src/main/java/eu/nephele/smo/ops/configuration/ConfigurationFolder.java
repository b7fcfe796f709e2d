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
 * The folder of configurations that the server reads. What the store has changed is written into it, and beside it how far that is:
 * who loses the folder loses both, and gets all anew. Used by one thread at a time.
 */
final class ConfigurationFolder {

    /** A name of a file has 255 on most systems, endings included. */
    private static final int MOST_BYTES = 200;

    /** How far it is; the watcher does not look at it. */
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

    /** How far it is, as it is on the disk now. */
    AppliedChanges carried() throws IOException {
        Path file = folder.resolve(CARRIED);
        if (!Files.exists(file)) {
            return AppliedChanges.NOTHING;
        }
        try {
            return AppliedChanges.of(Files.readString(file));
        } catch (IllegalArgumentException | CharacterCodingException broken) {
            LOG.error(
                    "{} cannot be read; what the store has changed of the configuration is written anew: {}",
                    file,
                    broken.getMessage());
            return AppliedChanges.NOTHING;
        }
    }

    void remember(AppliedChanges appliedChanges) throws IOException {
        put(CARRIED, appliedChanges.toJson(), Optional.empty());
    }

    /**
     * Puts the file of a change into the folder, or takes it out. What somebody else has written there is set aside, also in the plain
     * format, which knows no lists of such values.
     *
     * @param before what was carried out before
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
                    LOG.info("{} is replaced by a change in the store, it is {}.replaced now", name, name);
                }
            }
            now = now.without(name);
        }
        if (change.content().isPresent()) {
            // Before the former one goes: a file without another one takes the configuration along.
            put(typed, change.content().get(), former.stream().findFirst());
            former.remove(folder.resolve(typed));
            now = now.with(typed, digest.orElseThrow());
        }
        for (Path file : former) {
            Files.delete(file);
        }
        return now;
    }

    /** Returns whether a file can be named so. */
    static boolean isName(String pid) {
        return !pid.isBlank()
                && pid.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && !pid.startsWith(".")
                && pid.chars().noneMatch(c -> c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0);
    }

    /** @throws IOException when no file can be named so */
    static void require(String pid) throws IOException {
        if (!isName(pid)) {
            throw new IOException("no file can be named after the configuration " + pid);
        }
    }

    /** @throws IOException when nothing can be written here, as far as that can be seen */
    void requireWritable() throws IOException {
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("nobody may write in " + folder);
        }
    }

    /** @param former who may not read it may not read the new one */
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
            throw new IllegalStateException("Each Java has SHA-256", impossible);
        }
    }
}
