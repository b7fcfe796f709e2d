// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Licences by their SPDX ids.
 *
 * @param allowed those under which something may be shipped, the most welcome first
 * @param names what poms and manifests call them, without case and marks
 */
record LicenceNames(List<String> allowed, Map<String, String> names) {

    LicenceNames {
        allowed = List.copyOf(allowed);
        names = Map.copyOf(names);
    }

    static LicenceNames read(Path file) throws IOException {
        JsonNode json = new JsonMapper().readTree(file.toFile());
        List<String> allowed = new ArrayList<>();
        json.path("allowed").forEach(one -> allowed.add(one.asText()));
        Map<String, String> names = new TreeMap<>();
        json.path("names").properties().forEach(entry -> {
            names.put(plain(entry.getKey()), entry.getKey());
            entry.getValue().forEach(name -> names.put(plain(name.asText()), entry.getKey()));
        });
        return new LicenceNames(allowed, names);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "");
    }

    /** SPDX ids of what a pom says; "?" and the name for one that nobody knows. */
    List<String> ids(List<String> said) {
        return said.stream()
                .map(name -> names.getOrDefault(plain(name), "?" + name))
                .distinct()
                .toList();
    }

    /** The licence of several that is made use of; "" when none of them is allowed. */
    String chosen(List<String> licences) {
        return allowed.stream().filter(licences::contains).findFirst().orElse("");
    }
}
