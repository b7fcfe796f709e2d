// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Paths that need credentials, whatever address the server is bound to: some those of an administrator, some any, for
 * changes. Resources of a kind are served twice, below the kind's own path if it has one ({@code /api/v1/KIND}) and
 * below that of all kinds ({@code /api/v1/kinds/KIND}): a path guarded under the first is guarded under the second.
 */
final class GuardedPaths {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final String VERSION = "/api/v1/";
    private static final String KINDS = VERSION + "kinds/";
    private static final Pattern RESOURCES = Pattern.compile("(" + VERSION + "[^/]+)/resources(?=/|\\z)");

    private final List<Pattern> always;
    private final List<Pattern> changes;
    private final List<String> forChanges;

    /**
     * @param always paths, with everything below them; {@code *} stands for one segment
     * @param changes as above, for every method but GET, HEAD and OPTIONS
     */
    GuardedPaths(List<String> always, List<String> changes) {
        this.always = always.stream().map(GuardedPaths::pattern).toList();
        this.changes = changes.stream().map(GuardedPaths::pattern).toList();
        this.forChanges = Stream.concat(always.stream(), changes.stream())
                .map(GuardedPaths::normalised)
                .toList();
    }

    /** All paths that need credentials for changes, without parameters of segments and slashes at their ends. */
    List<String> forChanges() {
        return forChanges;
    }

    /** @param path as {@link #withoutSlashAtEnd} makes it */
    boolean isForAdministrators(String path) {
        return ownPaths(path).anyMatch(own -> matches(always, own));
    }

    /** The same with a change that needs credentials; whose, the door behind decides. */
    boolean guardsChange(String method, String path) {
        return !READING.contains(method) && ownPaths(path).anyMatch(own -> matches(changes, own));
    }

    /** A slash at the end makes no difference to resources. {@link RequestPath} refuses all other ambiguous paths. */
    static String withoutSlashAtEnd(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Returns the path, and for a path of a kind its equivalent below the kind's own path. */
    private static Stream<String> ownPaths(String path) {
        if (!path.startsWith(KINDS)) {
            return Stream.of(path);
        }
        String own = VERSION + path.substring(KINDS.length());
        // A guarded path may name one resource, which is not below /resources where a kind has a path of its own.
        return Stream.of(path, own, RESOURCES.matcher(own).replaceFirst("$1"));
    }

    private static boolean matches(List<Pattern> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    /** No request has empty segments, or parameters of segments. */
    private static String normalised(String path) {
        return withoutSlashAtEnd(path.strip().replaceAll(";[^/]*", "").replaceAll("/{2,}", "/"));
    }

    private static Pattern pattern(String path) {
        String segments = Stream.of(normalised(path).split("/", -1))
                .map(segment -> segment.equals("*") ? "[^/]+" : Pattern.quote(segment))
                .collect(Collectors.joining("/"));
        return Pattern.compile(segments + "(/.*)?", Pattern.DOTALL);
    }
}
