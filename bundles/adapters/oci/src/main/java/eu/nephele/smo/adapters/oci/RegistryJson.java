// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;
import java.util.Optional;

final class RegistryJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    private RegistryJson() {}

    /** @return empty: the text is no JSON object. Why is not told, because a message would quote the document and its secrets. */
    static Optional<Map<?, ?>> object(String json) {
        return read(JSON, json);
    }

    /** @return empty: the text is no YAML mapping */
    static Optional<Map<?, ?>> mapping(String yaml) {
        return read(YAML, yaml);
    }

    private static Optional<Map<?, ?>> read(ObjectMapper mapper, String text) {
        try {
            return Optional.ofNullable(mapper.readValue(text, Map.class));
        } catch (JsonProcessingException otherContent) {
            return Optional.empty();
        }
    }
}
