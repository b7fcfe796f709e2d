// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads the files of a tar archive one after the other, and refuses entries that no artifact needs: links, devices, paths that lead
 * out of the archive, names that occur twice, and more or larger entries than allowed. Nothing is written anywhere.
 */
final class TarReader {

    /** All paths are remembered while an archive is read. */
    private static final int MAX_PATH_LENGTH = 1024;

    /** Commons Compress reads a long name or an extended header into memory. */
    private static final int MAX_HEADER_BYTES = 1024 * 1024;

    private final BoundedStream bytes;
    private final TarArchiveInputStream tar;
    private final ArtifactLimits limits;
    private final String archive;
    private final Set<String> seen = new HashSet<>();

    /** @param archive name of the archive, for people: the beginning of the message of a failure */
    TarReader(InputStream tar, ArtifactLimits limits, String archive) {
        this.bytes = new BoundedStream(
                tar,
                Long.MAX_VALUE,
                limit -> refused("has a header of more than %d bytes".formatted(MAX_HEADER_BYTES)));
        this.tar = new TarArchiveInputStream(
                bytes,
                TarConstants.DEFAULT_RCDSIZE,
                TarConstants.DEFAULT_RCDSIZE,
                StandardCharsets.UTF_8.name(),
                false);
        this.limits = limits;
        this.archive = archive;
    }

    interface Files {
        /** @param content the content; the unread rest is skipped */
        void file(String path, InputStream content) throws IOException;
    }

    static boolean isTar(byte[] beginning) {
        return TarArchiveInputStream.matches(beginning, beginning.length);
    }

    void read(Files files) {
        int entries = 0;
        for (Optional<TarArchiveEntry> next = next(); next.isPresent(); next = next()) {
            if (++entries > limits.entries()) {
                throw refused(
                        "has more than %d entries (maxEntries in %s)".formatted(limits.entries(), OciSettings.PID));
            }
            entry(next.get(), files);
        }
        if (bytes.count() % TarConstants.DEFAULT_RCDSIZE != 0) {
            throw refused("ends in the middle of a header");
        }
    }

    private Optional<TarArchiveEntry> next() {
        try {
            bytes.allow(MAX_HEADER_BYTES);
            return Optional.ofNullable(tar.getNextEntry());
        } catch (IOException | IllegalArgumentException damaged) {
            throw refused("is damaged: " + RegistryMessages.bounded(String.valueOf(damaged.getMessage())));
        } finally {
            bytes.allow(Long.MAX_VALUE);
        }
    }

    private void entry(TarArchiveEntry entry, Files files) {
        if (!entry.isCheckSumOK()) {
            throw refused("is damaged: a header has a wrong checksum");
        }
        byte type = entry.getLinkFlag();
        boolean file = (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM) && !entry.isSparse();
        if (!file && type != TarConstants.LF_DIR) {
            throw refused("has %s, which is a %s: only files and folders are allowed"
                    .formatted(RegistryMessages.bounded(entry.getName()), kind(entry)));
        }
        if (entry.getSize() > limits.fileBytes()) {
            throw refused("has %s with %d bytes, more than %d (maxFileMiB in %s)"
                    .formatted(
                            RegistryMessages.bounded(entry.getName()),
                            entry.getSize(),
                            limits.fileBytes(),
                            OciSettings.PID));
        }
        String path = path(entry.getName());
        try {
            if (file) {
                files.file(path, tar);
            }
            tar.transferTo(OutputStream.nullOutputStream());
        } catch (IOException cutOff) {
            throw refused("is damaged in %s: %s"
                    .formatted(
                            RegistryMessages.bounded(path),
                            RegistryMessages.bounded(String.valueOf(cutOff.getMessage()))));
        }
    }

    private String path(String raw) {
        if (raw.length() > MAX_PATH_LENGTH) {
            throw refused("has a path of more than %d characters: %s"
                    .formatted(MAX_PATH_LENGTH, RegistryMessages.bounded(raw)));
        }
        StringBuilder path = new StringBuilder();
        int depth = 0;
        for (String name : raw.split("/", -1)) {
            if (raw.startsWith("/") || name.equals("..") || name.contains("\\")) {
                throw refused("has the path %s, which leaves the archive".formatted(RegistryMessages.bounded(raw)));
            }
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw refused("has a path with control characters: " + RegistryMessages.bounded(raw));
            }
            if (!name.isEmpty() && !name.equals(".")) {
                path.append(path.isEmpty() ? "" : "/").append(name);
                depth++;
            }
        }
        if (depth > limits.pathDepth()) {
            throw refused("has a path of more than %d names (maxPathDepth in %s): %s"
                    .formatted(limits.pathDepth(), OciSettings.PID, RegistryMessages.bounded(raw)));
        }
        if (!seen.add(path.toString())) {
            throw refused("has %s twice".formatted(RegistryMessages.bounded(raw)));
        }
        return path.toString();
    }

    private static String kind(TarArchiveEntry entry) {
        if (entry.isSparse()) {
            return "file with holes";
        }
        byte type = entry.getLinkFlag();
        return switch (type) {
            case TarConstants.LF_LINK -> "hard link";
            case TarConstants.LF_SYMLINK -> "symbolic link";
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> "device";
            case TarConstants.LF_FIFO -> "pipe";
            default -> "entry of the type " + (Character.isISOControl(type) ? type : String.valueOf((char) type));
        };
    }

    private RuntimeException refused(String what) {
        return RegistryFailures.refused(archive + " " + what);
    }
}
