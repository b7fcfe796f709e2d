// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpAnswer;
import java.util.HashSet;
import java.util.Set;

final class GrafanaResponseReader {

    private static final int MAX_WORDS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private GrafanaResponseReader() {}

    static JsonNode read(HttpAnswer answer, String what) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AdapterException(
                    Kind.REFUSED,
                    GrafanaApi.SYSTEM,
                    "%s: the answer of Grafana is not JSON; is a proxy in between?".formatted(what),
                    e);
        }
    }

    static AdapterException unexpected(String what, String how) {
        return new AdapterException(
                Kind.REFUSED,
                GrafanaApi.SYSTEM,
                "%s: the answer is not Grafana's (%s); check the address in the configuration".formatted(what, how));
    }

    static Set<String> tags(JsonNode node) {
        Set<String> tags = new HashSet<>();
        node.path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    static String words(JsonNode refusal) {
        String message = refusal.path("message")
                .asText()
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        return message.length() > MAX_WORDS ? message.substring(0, MAX_WORDS) + "…" : message;
    }
}
