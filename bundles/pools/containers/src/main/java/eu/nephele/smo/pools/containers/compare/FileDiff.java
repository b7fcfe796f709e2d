// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.compare;

import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The differences of two files, by their meaning: a default that is written out is none.
 *
 * @param settings what changed of balancer, monitoring and autoscaler, and the order of the servers, by the key of the file
 */
public record FileDiff(NameDiff servers, NameDiff services, List<KeyChange> settings) {

    public FileDiff {
        settings = List.copyOf(settings);
    }

    /** A value that changed, by the key of the file; values that may be secret are not shown. */
    public record KeyChange(String key, String from, String to) {}

    /** An entry that is in both files. */
    public record ChangedEntry(String name, List<KeyChange> changes) {

        public ChangedEntry {
            changes = List.copyOf(changes);
        }
    }

    /** Names in the order of their file. */
    public record NameDiff(List<String> added, List<String> removed, List<ChangedEntry> changed) {

        public NameDiff {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            changed = List.copyOf(changed);
        }

        boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
        }
    }

    /** Compares the running file with a new one. */
    public static FileDiff between(ContainersFile running, ContainersFile next) {
        return new FileDiff(
                names(running.servers(), next.servers(), ServerEntry::name, FileKeys::changes),
                names(running.services(), next.services(), ServiceEntry::name, FileKeys::changes),
                Stream.concat(
                                order(running.servers(), next.servers()).stream(),
                                FileKeys.changes(running, next).stream())
                        .toList());
    }

    /** Among equals the first server counts; of those that come and go their place says enough. */
    private static Optional<KeyChange> order(List<ServerEntry> running, List<ServerEntry> next) {
        List<String> before = running.stream().map(ServerEntry::name).toList();
        List<String> after = next.stream().map(ServerEntry::name).toList();
        String from = before.stream().filter(after::contains).collect(Collectors.joining(", "));
        String to = after.stream().filter(before::contains).collect(Collectors.joining(", "));
        return from.equals(to) ? Optional.empty() : Optional.of(new KeyChange("servers", from, to));
    }

    /** Returns whether both files mean the same. The order of services does not count. */
    public boolean isEmpty() {
        return servers.isEmpty() && services.isEmpty() && settings.isEmpty();
    }

    /**
     * The file that runs after a reload: the new one, and what it no longer names as it was, unless that is to go. Nothing is removed
     * because a line is missing.
     *
     * @param prune whether what the new file does not name goes
     */
    public static ContainersFile running(ContainersFile running, ContainersFile next, boolean prune) {
        if (prune) {
            return next;
        }
        return next.with(
                kept(running.servers(), next.servers(), ServerEntry::name),
                kept(running.services(), next.services(), ServiceEntry::name));
    }

    private static <T> List<T> kept(List<T> running, List<T> next, Function<T, String> name) {
        List<T> all = new ArrayList<>(next);
        running.stream().filter(one -> isMissing(one, next, name)).forEach(all::add);
        return all;
    }

    private static <T> NameDiff names(
            List<T> running, List<T> next, Function<T, String> name, EntryComparison<T> comparison) {
        List<ChangedEntry> changed = new ArrayList<>();
        for (T before : running) {
            for (T after : next) {
                if (name.apply(before).equals(name.apply(after)) && !before.equals(after)) {
                    changed.add(new ChangedEntry(name.apply(after), comparison.changes(before, after)));
                }
            }
        }
        return new NameDiff(missing(next, running, name), missing(running, next, name), changed);
    }

    private static <T> List<String> missing(List<T> entries, List<T> there, Function<T, String> name) {
        return entries.stream()
                .filter(one -> isMissing(one, there, name))
                .map(name)
                .toList();
    }

    private static <T> boolean isMissing(T one, List<T> there, Function<T, String> name) {
        return there.stream().noneMatch(other -> name.apply(other).equals(name.apply(one)));
    }

    /** Names what differs between two entries of one name. */
    private interface EntryComparison<T> {
        List<KeyChange> changes(T before, T after);
    }
}
