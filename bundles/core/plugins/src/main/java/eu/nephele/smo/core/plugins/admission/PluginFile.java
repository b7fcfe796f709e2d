// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/**
 * A file that was read: one bundle, or a zip with several and a {@code feature.json}.
 *
 * @param sha256 hex digest of its content
 * @param id symbolic name of its bundle, or id of its feature
 * @param version version of its bundle, or of its feature
 * @param configurations of a feature: PID to properties
 */
public record PluginFile(
        Path path,
        String name,
        String sha256,
        String id,
        Version version,
        List<BundleEntry> parts,
        Map<String, JsonObject> configurations,
        PluginSignature signature) {

    public PluginFile {
        parts = List.copyOf(parts);
        configurations = Map.copyOf(new LinkedHashMap<>(configurations));
    }

    public String who() {
        return id + " " + version;
    }

    public Set<String> packages() {
        return parts.stream()
                .flatMap(bundleEntry -> bundleEntry.packages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    public PluginFile movedTo(Path there) {
        return new PluginFile(there, name, sha256, id, version, parts, configurations, signature);
    }

    /**
     * @param entry its entry in the zip; "" when it is the file itself
     * @param entries names of its entries, those of the jars on its own class path included
     * @param components services of its declared components
     */
    public record BundleEntry(
            String entry,
            String symbolicName,
            Version version,
            Map<String, String> headers,
            List<String> entries,
            DeclaredServices components) {

        public BundleEntry {
            headers = Collections.unmodifiableMap(namedWithoutCase(headers));
            entries = List.copyOf(entries);
        }

        private static Map<String, String> namedWithoutCase(Map<String, String> headers) {
            Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            copy.putAll(headers);
            return copy;
        }

        /** "" for none; names have no case. */
        public String header(String name) {
            return headers.getOrDefault(name, "").strip();
        }

        private List<String> packages() {
            List<String> packages = new ArrayList<>();
            for (String name : entries) {
                int slash = name.lastIndexOf('/');
                if (slash > 0 && name.endsWith(".class") && !name.startsWith("META-INF/")) {
                    packages.add(name.substring(0, slash).replace('/', '.'));
                }
            }
            return packages;
        }
    }

    /**
     * @param interfaces names of the types under which components are registered
     * @param unreadable names of descriptions that cannot be read here as the framework reads them
     */
    public record DeclaredServices(Set<String> interfaces, List<String> unreadable) {

        public DeclaredServices {
            interfaces = Set.copyOf(interfaces);
            unreadable = List.copyOf(unreadable);
        }
    }
}
