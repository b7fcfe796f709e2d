// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

record WorldCall(String method, List<String> path, Map<String, String> query, CallBody body) {

    /** JSON, or nothing. */
    static final class CallBody {
        private final byte[] json;
        private final WireJson wire;

        CallBody(byte[] json, WireJson wire) {
            this.json = json;
            this.wire = wire;
        }

        boolean isEmpty() {
            return json.length == 0;
        }

        JsonNode tree(ObjectMapper mapper) throws IOException {
            return mapper.readTree(json);
        }
    }

    static WorldCall create(String method, URI uri, CallBody body) {
        List<String> path = Arrays.stream(uri.getRawPath().split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(WorldCall::decoded)
                .toList();
        Map<String, String> query = new LinkedHashMap<>();
        for (String parameter :
                Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                query.put(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
            }
        }
        return new WorldCall(method, path, query, body);
    }

    /** First part of the path, "" when there is none. */
    String room() {
        return path.isEmpty() ? "" : path.get(0);
    }

    /** {@code METHOD number-of-parts}, to select among the calls below one path. */
    String shape() {
        return method + " " + path.size();
    }

    /** The workload that parts 1 to 3 of the path name. */
    WorkloadRef workload() {
        return new WorkloadRef(new GraphId(path.get(1), path.get(2)), path.get(3));
    }

    <T> T read(TypeReference<T> type) {
        return body.wire.read(body.json, type);
    }

    /** Returns whether a write happens only where something differs. */
    boolean ensures() {
        return "true".equals(query.get("ensure"));
    }

    /** @throws IllegalArgumentException when it is not a number */
    long number(String name) {
        try {
            return Long.parseLong(query.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s=%s, expected a number".formatted(name, query.get(name)), e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
