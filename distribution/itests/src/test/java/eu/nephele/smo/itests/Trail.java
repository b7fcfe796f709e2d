// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was seen on the clusters and what the server said at the same time.
 *
 * @param seen in order of time, of all clusters
 * @param said in order of time
 */
record Trail(List<Seen> seen, List<Said> said) {

    Trail {
        seen = List.copyOf(seen);
        said = List.copyOf(said);
    }

    /** What has changed and when, for people. */
    String told() {
        TreeMap<Long, String> changes = new TreeMap<>();
        Map<String, String> last = new TreeMap<>();
        seen.forEach(look -> {
            String now = look.silent() ? "silent" : look.told();
            if (!now.equals(last.put(look.cluster(), now))) {
                changes.merge(look.begun(), look.cluster() + " " + now, (one, other) -> one + " | " + other);
            }
        });
        said.forEach(one -> {
            String now = "the server: %s, %s, %s, %s, %s %s"
                    .formatted(one.operation(), one.phase(), one.state(), one.places(), one.waits(), one.told());
            if (!now.equals(last.put("", now))) {
                changes.merge(one.answered(), now, (some, more) -> some + " | " + more);
            }
        });
        StringBuilder text = new StringBuilder();
        changes.forEach((millis, change) -> text.append("%8d ms %s%n".formatted(millis, change)));
        return text.toString();
    }

    /**
     * One look at one cluster. All times are in milliseconds since the trail began.
     *
     * @param begun when it was asked
     * @param silent whether it did not answer
     * @param pods of the service
     * @param beside other pods of its release
     * @param workloads the service's Deployment, by kind and name, where it is
     */
    record Seen(
            long begun,
            String cluster,
            boolean silent,
            List<PodSeen> pods,
            List<PodSeen> beside,
            List<String> workloads) {

        Seen {
            pods = List.copyOf(pods);
            beside = List.copyOf(beside);
            workloads = List.copyOf(workloads);
        }

        int ready() {
            return (int) pods.stream().filter(PodSeen::ready).count();
        }

        boolean isEmpty() {
            return pods.isEmpty() && beside.isEmpty() && workloads.isEmpty();
        }

        String told() {
            return "%s %s".formatted(workloads, pods) + (beside.isEmpty() ? "" : " beside it " + beside);
        }
    }

    /**
     * @param ready whether it serves, or has done its work
     * @param ending whether it was told to end
     */
    record PodSeen(String image, boolean ready, boolean ending) {}

    /**
     * One answer of the server.
     *
     * @param answered when it came
     * @param operation state of the operation, "" before there is one
     * @param phase of the graph, "" when there is none
     * @param state of the service, "" when there is none
     * @param places the service's clusters with their replicas, as decided
     * @param waits text of whoever is not at an end: {@code operation}, {@code graph}, {@code service}
     * @param told message and error of the operation
     */
    record Said(
            long answered,
            String operation,
            String phase,
            String state,
            Map<String, Integer> places,
            Map<String, String> waits,
            String told) {

        private static final List<String> ENDED = List.of("SUCCEEDED", "FAILED", "CANCELLED", "SUPERSEDED");
        private static final List<String> QUIET_PHASES = List.of("RUNNING", "WAITING", "STOPPED", "FAILED");
        private static final List<String> QUIET_STATES = List.of("DEPLOYED", "NOT_DEPLOYED", "FAILED");

        Said {
            places = Map.copyOf(places);
            waits = Map.copyOf(waits);
        }

        /** Of a graph with one service. */
        static Said of(long answered, Optional<JsonNode> operation, Optional<JsonNode> graph) {
            Map<String, String> waits = new TreeMap<>();
            operation
                    .filter(it -> !ENDED.contains(text(it, "state")))
                    .ifPresent(it -> waits.put("operation", words(it)));
            graph.filter(it -> !QUIET_PHASES.contains(text(it, "phase")))
                    .ifPresent(it -> waits.put("graph", conditions(it)));
            Optional<JsonNode> service = graph.map(it -> it.path("services").path(0));
            service.filter(it -> !QUIET_STATES.contains(text(it, "state")))
                    .ifPresent(it -> waits.put("service", text(it, "message")));
            Map<String, Integer> places = new TreeMap<>();
            service.ifPresent(it -> it.path("shares")
                    .forEach(share -> places.put(
                            text(share, "cluster"), share.path("replicas").asInt())));
            return new Said(
                    answered,
                    operation.map(it -> text(it, "state")).orElse(""),
                    graph.map(it -> text(it, "phase")).orElse(""),
                    service.map(it -> text(it, "state")).orElse(""),
                    places,
                    waits,
                    operation.map(Said::words).orElse(""));
        }

        boolean ended() {
            return ENDED.contains(operation);
        }

        boolean succeeded() {
            return operation.equals("SUCCEEDED");
        }

        private static String words(JsonNode operation) {
            List<String> words =
                    new ArrayList<>(List.of(text(operation, "message"), text(operation.path("error"), "message")));
            operation.path("steps").forEach(step -> {
                if (!text(step, "state").equals("DONE")) {
                    words.add(
                            "%s: %s %s".formatted(text(step, "subject"), text(step, "detail"), text(step, "message")));
                }
            });
            return joined(words);
        }

        /** Conditions that do not hold are told by what they say. */
        private static String conditions(JsonNode graph) {
            List<String> words = new ArrayList<>();
            graph.path("conditions").forEach(condition -> {
                if (text(condition, "status").equals("False")
                        && List.of("Ready", "Placed").contains(text(condition, "type"))) {
                    words.add(text(condition, "message"));
                }
            });
            return joined(words);
        }

        private static String joined(List<String> words) {
            return String.join(
                    "; ", words.stream().filter(word -> !word.isBlank()).toList());
        }

        private static String text(JsonNode node, String member) {
            return node.path(member).asText("");
        }
    }
}
