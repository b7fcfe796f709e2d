// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maven coordinates of a bundle, the version resolved.
 *
 * @param group Maven group
 * @param artifact Maven artifact
 * @param version never a placeholder
 */
record Coordinates(String group, String artifact, String version) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

    /**
     * Reads {@code group:artifact:version}.
     *
     * @param id as written in the feature
     * @param properties of the build; <code>${name}</code> in the version is looked up here
     * @param managed versions of the parent's dependency management by {@code group:artifact}, for
     * <code>${managed}</code>
     * @throws AssemblyException if the form is wrong or the placeholder unknown
     */
    static Coordinates of(String id, Map<String, String> properties, Map<String, String> managed) {
        String[] parts = id.split(":", -1);
        if (parts.length != 3 || parts[0].isBlank() || parts[1].isBlank() || parts[2].isBlank()) {
            throw new AssemblyException("'%s': expected group:artifact:version".formatted(id));
        }
        Matcher placeholder = PLACEHOLDER.matcher(parts[2]);
        if (!placeholder.matches()) {
            return new Coordinates(parts[0], parts[1], parts[2]);
        }
        String name = placeholder.group(1);
        String version = "managed".equals(name) ? managed.get(parts[0] + ":" + parts[1]) : properties.get(name);
        if (version == null) {
            throw new AssemblyException("'%s': the root pom does not define ${%s}".formatted(id, name));
        }
        return new Coordinates(parts[0], parts[1], version);
    }

    String fileName() {
        return artifact + "-" + version + ".jar";
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
