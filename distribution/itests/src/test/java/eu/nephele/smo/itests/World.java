// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The simulated world as it says itself, not as the orchestrator believes it to be. */
record World(JsonNode snapshot) {

    static World of(RestClient client) throws Exception {
        RestClient.Answer answer = client.get("/lab/world");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new World(answer.json());
    }

    /** Since the world began, more was asked of some cluster than it has. */
    boolean overbookedEver() {
        return snapshot.path("overbookedEver").asBoolean(true);
    }

    List<JsonNode> clusters() {
        return stream("clusters");
    }

    List<JsonNode> releases() {
        return stream("releases");
    }

    /** Alert rules of all graphs. */
    List<JsonNode> rules() {
        return stream("rules");
    }

    /** Pods that are ready; none of any other phase is among them. */
    List<JsonNode> readyPods() {
        return stream("pods").stream()
                .filter(pod -> pod.path("phase").asText().equals("ready"))
                .toList();
    }

    /** Ready replicas by service. */
    Map<String, Integer> ready() {
        Map<String, Integer> ready = new TreeMap<>();
        releases()
                .forEach(release -> ready.put(
                        release.path("service").asText(),
                        release.path("readyReplicas").asInt()));
        return ready;
    }

    /** Ready replicas of a service on one cluster. */
    int readyOn(String cluster, String service) {
        return (int) readyPods().stream()
                .filter(pod -> pod.path("cluster").asText().equals(cluster))
                .filter(pod -> pod.path("release").asText().endsWith("/" + service))
                .count();
    }

    /** Clusters that have replicas of a service. */
    List<String> placesOf(String service) {
        return releases().stream()
                .filter(release -> release.path("service").asText().equals(service))
                .flatMap(release -> release.path("replicas").properties().stream())
                .filter(share -> share.getValue().asInt() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<JsonNode> stream(String member) {
        return StreamSupport.stream(snapshot.path(member).spliterator(), false).toList();
    }

    @Override
    public String toString() {
        return snapshot.toString();
    }
}
