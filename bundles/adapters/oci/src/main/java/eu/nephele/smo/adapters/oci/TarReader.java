// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the files of a tar archive one after the other, and refuses entries that no artifact needs: links, devices, paths out of
 * the archive, names that occur twice, and more or larger entries than allowed. Nothing is written anywhere.
 */
final class TarReader {

    /** All paths are remembered while an archive is read. */
    private static final int MAX_PATH_LENGTH = 1024;

    private static final int MAX_HEADER_BYTES = 1024 * 1024;

    /** Types of headers that describe the entry after them. */
    private static final String HEADERS_OF_NEXT = "xLK";

    private final InputStream tar;
    private final ArtifactLimits limits;
    private final String archive;
    private final Set<String> seen = new HashSet<>();
    private int entries;

    /** @param archive name of the archive, for people: the beginning of the message of a failure */
    TarReader(InputStream tar, ArtifactLimits limits, String archive) {
        this.tar = tar;
        this.limits = limits;
        this.archive = archive;
    }

    /** Receives a file. */
    interface Files {
        /** @param content the content; the unread rest is skipped */
        void file(String path, InputStream content) throws IOException;
    }

    void read(Files files) throws IOException {
        Map<String, String> extended = new HashMap<>();
        boolean inside = false;
        for (Optional<TarHeader> next = next(); next.isPresent(); next = next()) {
            TarHeader header = next.get();
            inside = HEADERS_OF_NEXT.indexOf(header.type()) >= 0;
            switch (header.type()) {
                case 'x' -> TarHeader.extend(extended, whole(header), archive);
                case 'L' -> extended.put("path", text(whole(header)));
                case 'K', 'g' -> whole(header);
                default -> {
                    entry(header.with(extended, archive), files);
                    extended.clear();
                }
            }
        }
        if (inside) {
            throw refused("ends after the header of an entry");
        }
    }

    private Optional<TarHeader> next() throws IOException {
        byte[] block = tar.readNBytes(TarHeader.BLOCK);
        Optional<TarHeader> header = TarHeader.parse(block, archive);
        if (header.isPresent() && ++entries > limits.entries()) {
            throw refused("has more than %d entries (maxEntries in %s)".formatted(limits.entries(), OciSettings.PID));
        }
        return header;
    }

    private void entry(TarHeader header, Files files) throws IOException {
        boolean file = header.type() == '0' || header.type() == 0;
        if (!file && header.type() != '5') {
            throw refused("has %s, which is a %s: only files and folders are allowed"
                    .formatted(RegistryMessages.bounded(header.path()), kind(header.type())));
        }
        if (header.bytes() > limits.fileBytes()) {
            throw refused("has %s with %d bytes, more than %d (maxFileMiB in %s)"
                    .formatted(
                            RegistryMessages.bounded(header.path()),
                            header.bytes(),
                            limits.fileBytes(),
                            OciSettings.PID));
        }
        String path = path(header.path());
        TarEntryStream content = new TarEntryStream(tar, header.bytes());
        if (file) {
            files.file(path, content);
        }
        if (!content.skipToEnd(header.padding())) {
            throw refused("ends in the middle of " + RegistryMessages.bounded(path));
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

    private byte[] whole(TarHeader header) throws IOException {
        if (header.bytes() > MAX_HEADER_BYTES) {
            throw refused("has a header of %d bytes".formatted(header.bytes()));
        }
        TarEntryStream content = new TarEntryStream(tar, header.bytes());
        byte[] whole = content.readAllBytes();
        if (!content.skipToEnd(header.padding())) {
            throw refused("ends in the middle of a header");
        }
        return whole;
    }

    private static String text(byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String kind(char type) {
        return switch (type) {
            case '1' -> "hard link";
            case '2' -> "symbolic link";
            case '3', '4' -> "device";
            case '6' -> "pipe";
            default -> "entry of the type " + (Character.isISOControl(type) ? (int) type : String.valueOf(type));
        };
    }

    private RuntimeException refused(String what) {
        return RegistryFailures.refused(archive + " " + what);
    }
}
