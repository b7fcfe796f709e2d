// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The files of the page by their path. Each is read when it is first asked for. */
final class PageFiles {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "mjs", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml",
            "properties", "text/plain;charset=UTF-8");

    private final SortedMap<String, URL> places;
    private final Map<String, PageFile> read = new ConcurrentHashMap<>();

    /** @param places of the files, by path without a slash at its begin */
    PageFiles(Map<String, URL> places) {
        this.places = new TreeMap<>(places);
    }

    Optional<PageFile> file(String path) {
        return Optional.ofNullable(places.get(path))
                .map(place -> read.computeIfAbsent(path, name -> PageFile.create(typeOf(name), bytes(place))));
    }

    /** The text of a file that has to be there. */
    String text(String path) {
        URL place = places.get(path);
        if (place == null) {
            throw new IllegalStateException("%s is missing in the bundle".formatted(path));
        }
        return new String(bytes(place), StandardCharsets.UTF_8);
    }

    /** Changes with every content, and is the same wherever the content is the same. */
    String version() {
        MessageDigest digest = PageFile.sha256();
        places.forEach((path, place) -> {
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(PageFile.digest(bytes(place)));
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static String typeOf(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static byte[] bytes(URL place) {
        try (InputStream content = place.openStream()) {
            return content.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("%s of the bundle cannot be read".formatted(place.getPath()), unreadable);
        }
    }
}
