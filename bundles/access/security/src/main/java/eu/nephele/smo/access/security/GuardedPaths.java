// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Paths that are for the administrator alone, wherever the server is bound to: some with every method, some only where something
 * changes. Resources of a kind are served twice, below the path that the kind may have of its own ({@code /api/v1/KIND}) and below
 * that of all kinds ({@code /api/v1/kinds/KIND}): what is guarded under the first is guarded under the second.
 */
final class GuardedPaths {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final String VERSION = "/api/v1/";
    private static final String KINDS = VERSION + "kinds/";
    private static final Pattern RESOURCES = Pattern.compile("(" + VERSION + "[^/]+)/resources(?=/|\\z)");

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
        return ownPaths(path)
                .anyMatch(own -> matches(always, own) || (!READING.contains(method) && matches(changes, own)));
    }

    /** With one or without: who serves a path sees no difference. All else that could be read in two ways {@link RequestPath} has refused. */
    static String withoutSlashAtEnd(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The path, and for one of a kind what it would be below the kind's own path. */
    private static Stream<String> ownPaths(String path) {
        if (!path.startsWith(KINDS)) {
            return Stream.of(path);
        }
        String own = VERSION + path.substring(KINDS.length());
        // A list may name one resource as well, which is not below /resources where a kind has a path of its own.
        return Stream.of(path, own, RESOURCES.matcher(own).replaceFirst("$1"));
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
