// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The committed list of everything that is not built here: what is shipped, with licences, and what builds it. An artifact
 * with another content than the one that somebody has looked at does not get into the product.
 *
 * @param entries by id, {@code group:artifact:version}
 */
record ThirdPartyLock(Map<String, LockEntry> entries) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    ThirdPartyLock {
        entries = java.util.Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /**
     * @param sha256 hexadecimal; "" for what is known by its name only, inside another artifact
     * @param licences SPDX ids, one of which is chosen; none for what only builds
     */
    record LockEntry(String sha256, List<String> licences) {
        LockEntry {
            licences = List.copyOf(licences);
        }
    }

    /** @throws AssemblyException when it is not such a file */
    static ThirdPartyLock read(Path file) throws IOException {
        Map<String, LockEntry> entries = new TreeMap<>();
        if (Files.exists(file)) {
            JsonNode json = JSON.readTree(file.toFile());
            for (Map.Entry<String, JsonNode> entry : json.path("artifacts").properties()) {
                List<String> licences = new ArrayList<>();
                entry.getValue().path("licences").forEach(one -> licences.add(one.asText()));
                entries.put(
                        entry.getKey(),
                        new LockEntry(entry.getValue().path("sha256").asText(), licences));
            }
        }
        return new ThirdPartyLock(entries);
    }

    void write(Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode artifacts = json.putObject("artifacts");
        entries.forEach((id, entry) -> {
            ObjectNode node = artifacts.putObject(id);
            if (!entry.sha256().isEmpty()) {
                node.put("sha256", entry.sha256());
            }
            if (!entry.licences().isEmpty()) {
                ArrayNode licences = node.putArray("licences");
                entry.licences().forEach(licences::add);
            }
        });
        Files.write(file, (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Licences of the same artifact in any version. */
    Optional<List<String>> licencesOf(Coordinates coordinates) {
        String stem = coordinates.group() + ":" + coordinates.artifact() + ":";
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(stem))
                .map(entry -> entry.getValue().licences())
                .filter(licences -> !licences.isEmpty())
                .findFirst();
    }

    /** Sentences, one for each artifact that is not as it is locked, or not locked. */
    List<String> differences(Map<String, String> sha256ById) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(sha256ById).forEach((id, sha256) -> {
            LockEntry locked = entries.get(id);
            if (locked == null) {
                differences.add("%s is not in the lock file".formatted(id));
            } else if (!locked.sha256().equals(sha256)) {
                differences.add("%s has the SHA-256 %s, the lock file says %s".formatted(id, sha256, locked.sha256()));
            }
        });
        return differences;
    }
}
