// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Small descriptors as JSON. */
final class Descriptors {

    private static final String AUTOMATIC = "{\"auto\":{}}";

    private Descriptors() {}

    static String graph(String id, String... services) {
        return "{\"hdaGraph\":{\"id\":\"%s\",\"services\":[%s]}}".formatted(id, String.join(",", services));
    }

    /** Half a core. */
    static String service(String id) {
        return service(id, "1.0.0", "light");
    }

    /** @param cpu class of processor time: light, small, medium, large */
    static String service(String id, String version, String cpu) {
        return service(id, version, cpu, AUTOMATIC);
    }

    /**
     * Half a core, installed when its events fire.
     *
     * @param condition ANY or ALL
     * @param queries rule in PromQL by event
     */
    static String onEvents(String id, String condition, Map<String, String> queries) {
        String events = new TreeMap<>(queries)
                .entrySet().stream()
                        .map(event ->
                                "{\"id\":\"%s\",\"condition\":{\"promQuery\":\"%s\",\"gracePeriod\":\"1s\",\"description\":\"test\"}}"
                                        .formatted(event.getKey(), event.getValue()))
                        .collect(Collectors.joining(","));
        return service(
                id,
                "1.0.0",
                "light",
                "{\"event\":{\"condition\":\"%s\",\"events\":[%s]}}".formatted(condition, events));
    }

    private static String service(String id, String version, String cpu, String trigger) {
        return """
                {"id":"%s","deployment":{"trigger":%s,"intent":{"compute":{"cpu":"%s","ram":"light"}}},\
                "artifact":{"ociImage":"oci://registry.example/samples/any:%s","ociConfig":{"type":"App","implementer":"HELM"}}}""".formatted(id, trigger, cpu, version);
    }
}
