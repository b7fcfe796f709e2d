// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Current configurations, whatever their origin. */
final class CurrentConfigurations {

    private final ConfigurationAdmin admin;

    CurrentConfigurations(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Finds a configuration that has properties. */
    Optional<Configuration> find(String pid) {
        return list("(service.pid=" + pid.replaceAll("([\\\\*()])", "\\\\$1") + ")").stream()
                .filter(configuration -> configuration.getProperties() != null)
                .findFirst();
    }

    Map<String, Object> properties(String pid) {
        return find(pid).map(CurrentConfigurations::properties).orElse(Map.of());
    }

    static Map<String, Object> properties(Configuration configuration) {
        return Optional.ofNullable(configuration.getProperties())
                .map(OwnProperties::select)
                .orElse(Map.of());
    }

    /** All but those that are local to this server. */
    Map<String, Map<String, List<String>>> shared() {
        Map<String, Map<String, List<String>>> all = new TreeMap<>();
        for (Configuration configuration : list(null)) {
            if (!LocalPids.contains(configuration.getPid()) && configuration.getProperties() != null) {
                all.put(configuration.getPid(), OwnProperties.texts(properties(configuration)));
            }
        }
        return all;
    }

    /** All with their texts, also those that are local to this server. */
    Map<String, Map<String, List<String>>> everything() {
        Map<String, Map<String, List<String>>> all = new TreeMap<>();
        for (Configuration configuration : list(null)) {
            if (configuration.getProperties() != null) {
                all.put(configuration.getPid(), OwnProperties.texts(properties(configuration)));
            }
        }
        return all;
    }

    /** All that have properties. */
    List<Configuration> all() {
        return list(null).stream()
                .filter(configuration -> configuration.getProperties() != null)
                .toList();
    }

    List<Configuration> ofFiles() {
        return list("(%s=*)".formatted(UnreadConfigurationCheck.FILE)).stream()
                .filter(configuration -> configuration.getProperties() != null)
                .toList();
    }

    /** @param filter null for all */
    private List<Configuration> list(@Nullable String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : Arrays.asList(found);
        } catch (IOException | InvalidSyntaxException unreadable) {
            throw new IllegalStateException("The configurations cannot be listed", unreadable);
        }
    }
}
