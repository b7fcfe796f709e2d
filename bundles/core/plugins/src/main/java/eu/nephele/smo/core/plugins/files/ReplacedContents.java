// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Contents of versions that an upgrade has replaced, for the way back and for replays: the latest, within bounds. */
public final class ReplacedContents {

    private static final int MOST_REPLACED = 10;
    private static final long MOST_REPLACED_BYTES = 256L << 20;

    /**
     * @param contents how many are kept at most
     * @param bytes how large they may be together; the latest is kept whatever its size
     */
    public record RetentionBounds(int contents, long bytes) {
        static final RetentionBounds STANDARD = new RetentionBounds(MOST_REPLACED, MOST_REPLACED_BYTES);
    }

    /** @param offers services that it offered when it was replaced */
    public record Replaced(Path file, String plugin, List<OfferedService> offers) {
        public String name() {
            return String.valueOf(file.getFileName());
        }
    }

    private static final String VERSION = "~";
    /** Beside each content: what it offered, a line each. */
    private static final String OFFERS = ".offers";

    private final PluginFolder folder;
    private final Path root;
    private final RetentionBounds bounds;

    ReplacedContents(PluginFolder folder, Path root, RetentionBounds bounds) {
        this.folder = folder;
        this.root = root;
        this.bounds = bounds;
    }

    /** Keeps a content, and deletes the oldest ones beyond the bounds. */
    public void keep(Path content, String id, String version, List<OfferedService> offers) throws IOException {
        String ending =
                String.valueOf(content.getFileName()).toLowerCase(Locale.ROOT).endsWith(".zip") ? ".zip" : ".jar";
        put(content, id + VERSION + version + ending, offers);
    }

    public void put(Path content, String name, List<OfferedService> offers) throws IOException {
        Path kept = root.resolve(name);
        Files.write(
                offers(kept),
                offers.stream()
                        .map(offer -> String.join("\t", offer.kind(), offer.name(), offer.version()))
                        .toList());
        folder.put(content, kept);
        prune();
    }

    /** Returns whether a name is one of those that are given here. */
    public boolean takes(String name) {
        return name.contains(VERSION) && folder.takes(name);
    }

    /** These went last, the latest first. */
    public void order(List<String> names) throws IOException {
        long now = System.currentTimeMillis();
        for (String name : names) {
            now--;
            if (Files.exists(root.resolve(name))) {
                Files.setLastModifiedTime(root.resolve(name), FileTime.fromMillis(now));
            }
        }
    }

    private void prune() throws IOException {
        long bytes = 0;
        int number = 0;
        for (Replaced replaced : all()) {
            bytes += Files.size(replaced.file());
            number++;
            if (number > bounds.contents() || (bytes > bounds.bytes() && number > 1)) {
                Files.delete(replaced.file());
                Files.deleteIfExists(offers(replaced.file()));
            }
        }
    }

    /** The one that went last first. */
    public List<Replaced> all() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(root)) {
            files = found.filter(file -> !file.toString().endsWith(OFFERS)).toList();
        }
        List<Replaced> all = new ArrayList<>();
        for (Path file : newestFirst(files)) {
            all.add(new Replaced(file, plugin(file), read(offers(file))));
        }
        return all;
    }

    public List<Path> list(String id) throws IOException {
        return all().stream()
                .filter(replaced -> replaced.plugin().equals(id))
                .map(Replaced::file)
                .toList();
    }

    private static List<Path> newestFirst(List<Path> files) throws IOException {
        record Dated(Path file, FileTime at) {}
        List<Dated> dated = new ArrayList<>();
        for (Path file : files) {
            dated.add(new Dated(file, Files.getLastModifiedTime(file)));
        }
        return dated.stream()
                .sorted(Comparator.comparing(Dated::at).reversed())
                .map(Dated::file)
                .toList();
    }

    private static String plugin(Path file) {
        return String.valueOf(file.getFileName()).split(VERSION, 2)[0];
    }

    private static Path offers(Path content) {
        return content.resolveSibling(content.getFileName() + OFFERS);
    }

    private static List<OfferedService> read(Path offers) throws IOException {
        return Files.exists(offers)
                ? Files.readAllLines(offers).stream()
                        .map(line -> line.split("\t", -1))
                        .filter(parts -> parts.length == 3)
                        .map(parts -> new OfferedService(parts[0], parts[1], parts[2]))
                        .toList()
                : List.of();
    }
}
