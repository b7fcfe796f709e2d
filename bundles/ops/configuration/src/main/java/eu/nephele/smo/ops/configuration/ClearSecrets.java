// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.osgi.service.cm.Configuration;

/**
 * Secrets that somebody enters in the running server where a reference belongs. What is a secret is told by the names of the product's
 * properties; those of partners are theirs.
 */
final class ClearSecrets {

    private static final String PRODUCT = "eu.nephele.smo.";
    private static final Pattern OF_SECRET =
            Pattern.compile("(?i).*(password|passwordreference|token|secret|secretid|credentials|kubeconfig)");

    /** Says where a secret is or what may be done with it, and is none. */
    static final Set<String> NO_SECRETS =
            Set.of("requireToken", "createToken", "refuseKnownCredentials", "serviceAccountToken");

    /** A reference, or an entry of logins with one behind its user. */
    private static final Pattern REFERENCE = Pattern.compile("(?:[^=]+=[^:]+:)?[a-z][a-z0-9+.-]*:.+");

    private ClearSecrets() {}

    /** Names of the properties that have one. */
    static Set<String> in(String pid, Map<String, List<String>> properties) {
        Set<String> names = new TreeSet<>();
        properties.forEach((name, values) -> {
            if (pid.startsWith(PRODUCT)
                    && OF_SECRET.matcher(name).matches()
                    && !NO_SECRETS.contains(name)
                    && values.stream().anyMatch(ClearSecrets::isInClear)) {
                names.add(name);
            }
        });
        return names;
    }

    private static boolean isInClear(String value) {
        return !value.isBlank() && !REFERENCE.matcher(value).matches();
    }

    /** The properties of a configuration, with these as they were before. */
    static Map<String, Object> without(
            Configuration configuration, Set<String> names, Optional<Map<String, List<String>>> before) {
        Map<String, Object> properties = new TreeMap<>();
        Optional.ofNullable(configuration.getProperties())
                .ifPresent(
                        now -> now.keys().asIterator().forEachRemaining(name -> properties.put(name, now.get(name))));
        for (String name : names) {
            properties.remove(name);
            before.map(known -> known.get(name))
                    .ifPresent(values ->
                            properties.put(name, values.size() == 1 ? values.get(0) : values.toArray(String[]::new)));
        }
        return properties;
    }
}
