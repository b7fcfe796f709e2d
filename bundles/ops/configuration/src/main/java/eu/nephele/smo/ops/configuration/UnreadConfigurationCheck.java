// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds configurations and properties without a reader. Values are never read: they may be secrets. */
final class UnreadConfigurationCheck {

    /** Property in which FileInstall stores the file. */
    static final String FILE = "felix.fileinstall.filename";

    /** Properties that the framework reads or writes in every configuration. */
    private static final List<String> RESERVED =
            List.of("service.", "component.", "felix.", "org.apache.felix.", "org.osgi.", "osgi.", ".", ":");

    private static final List<String> RESERVED_ENDINGS = List.of(".target", ".cardinality.minimum");

    private final ConfigurationReaders readers;

    UnreadConfigurationCheck(ConfigurationReaders readers) {
        this.readers = readers;
    }

    /** @return one sentence for each finding */
    List<String> findings(String pid, Collection<String> properties, Optional<String> file) {
        if (LocalPids.isOfFramework(pid)) {
            return List.of();
        }
        String from = file.map(" (%s)"::formatted).orElse("");
        Optional<Set<String>> described = readers.propertiesOf(pid);
        if (described.isEmpty()) {
            return readers.readsUndescribed(pid)
                    ? List.of()
                    : List.of("The configuration %s%s is not read by any bundle: it has no effect%s"
                            .formatted(pid, from, meant(pid, readers.describedPids(), "")));
        }
        Set<String> known = described.get();
        return new TreeSet<>(properties)
                .stream()
                        .filter(property -> !known.contains(property) && !isReserved(property))
                        .map(property -> ("The property %s of the configuration %s%s is not read by any bundle:"
                                        + " it has no effect%s")
                                .formatted(property, pid, from, meant(property, known, listed(known))))
                        .toList();
    }

    private static String meant(String name, Collection<String> known, String otherwise) {
        return NearestName.find(name, known)
                .map("; did you mean %s?"::formatted)
                .orElse(otherwise);
    }

    private static String listed(Set<String> known) {
        return known.isEmpty() ? "; it has no properties" : "; it has " + String.join(", ", new TreeSet<>(known));
    }

    static boolean isReserved(String property) {
        return Stream.concat(
                        RESERVED.stream().filter(property::startsWith),
                        RESERVED_ENDINGS.stream().filter(property::endsWith))
                .findAny()
                .isPresent();
    }
}
