// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Paths that are for the administrator alone, wherever the server is bound to: some with every method, some only where something
 * changes.
 */
final class GuardedPaths {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final List<Pattern> always;
    private final List<Pattern> changes;

    /**
     * @param always paths, with everything below them; {@code *} stands for one segment
     * @param changes as above, for every method but GET, HEAD and OPTIONS
     */
    GuardedPaths(List<String> always, List<String> changes) {
        this.always = always.stream().map(GuardedPaths::pattern).toList();
        this.changes = changes.stream().map(GuardedPaths::pattern).toList();
    }

    /** @param path as {@link #withoutSlashAtEnd} makes it */
    boolean guards(String method, String path) {
        return matches(always, path) || (!READING.contains(method) && matches(changes, path));
    }

    /** With one or without: who serves a path sees no difference. All else that could be read in two ways {@link RequestPath} has refused. */
    static String withoutSlashAtEnd(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean matches(List<Pattern> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    private static Pattern pattern(String path) {
        // As it is meant: no request has empty segments, or parameters of segments.
        String meant = path.strip().replaceAll(";[^/]*", "").replaceAll("/{2,}", "/");
        String segments = Stream.of(withoutSlashAtEnd(meant).split("/", -1))
                .map(segment -> segment.equals("*") ? "[^/]+" : Pattern.quote(segment))
                .collect(Collectors.joining("/"));
        return Pattern.compile(segments + "(/.*)?", Pattern.DOTALL);
    }
}
