// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bodies as a server answers them. */
final class Sample {

    static final String GRAPH = "/api/v1/projects/demo/graphs/g";

    /** The operation of a deployment that was just accepted. */
    static final String DEPLOYMENT = """
            {"id":"o1","kind":"DEPLOY","state":"PENDING","href":"/api/v1/operations/o1","message":"","error":null,
             "graph":{"project":"demo","name":"g","href":"%s"}}""".formatted(GRAPH);

    private Sample() {}

    /** One service in the answer. */
    static String service(String name, String state, String cluster, int replicas, int ready) {
        String shares = cluster.isEmpty() ? "" : "{\"cluster\":\"%s\",\"replicas\":%d}".formatted(cluster, replicas);
        return """
                {"name":"%s","state":"%s","conditional":%b,"shares":[%s],"replicas":%d,"readyReplicas":%d,"message":""}""".formatted(name, state, state.equals("PENDING"), shares, replicas, ready);
    }

    /** A graph that the SMO placed. */
    static String graph(String phase, String... services) {
        return graph(phase, false, "", services);
    }

    static String staticGraph(String phase, String... services) {
        return graph(phase, true, "", services);
    }

    /** A graph without room. */
    static String infeasible(String phase, String message, String... services) {
        return graph(phase, false, """
                {"type":"Placed","status":"False","reason":"Infeasible","message":"%s"}""".formatted(message), services);
    }

    /** A graph of a service with two replicas on c2, which are ready, and two on another cluster. */
    static String divided(String phase, String condition, String other, int ready) {
        return """
                {"project":"demo-divided","name":"two-clusters","phase":"%s","conditions":[%s],"services":[
                 {"name":"web","state":"%s","readyReplicas":%d,"message":"","shares":[
                  {"cluster":"%s","replicas":2,"readyReplicas":%d},{"cluster":"c2","replicas":2,"readyReplicas":2}]}]}""".formatted(
                        phase, condition, phase.equals("RUNNING") ? "DEPLOYED" : "DEGRADED", ready + 2, other, ready);
    }

    static String cluster(String name, boolean ready) {
        return """
                {"name":"%s","ready":%b,"location":"here","allocatable":{"cpuMillis":12000,"memoryBytes":68719476736,"gpus":1},
                 "available":{"cpuMillis":11500,"memoryBytes":68719476736,"gpus":1},"signals":{"carbonGramsPerKwh":180}}""".formatted(name, ready);
    }

    static String page(String... items) {
        return "{\"items\":[%s],\"nextCursor\":null,\"unknownSources\":[]}".formatted(String.join(",", items));
    }

    static String decision(String id, String kind, String strategy, String details) {
        return """
                {"id":"%s","kind":"%s","strategy":{"id":"%s","version":"1.0.0"},"details":%s}""".formatted(id, kind, strategy, details);
    }

    private static String graph(String phase, boolean isStatic, String condition, String... services) {
        return """
                {"project":"demo","name":"g","phase":"%s","staticPlacement":%b,"assignment":1,"decisionId":%s,
                 "conditions":[%s],"services":[%s],"hdaGraph":{"id":"g","services":[%s]}}""".formatted(
                        phase,
                        isStatic,
                        isStatic ? "null" : "\"d1\"",
                        condition,
                        String.join(",", services),
                        Stream.of("web", "filter").map(Sample::described).collect(Collectors.joining(",")));
    }

    private static String described(String service) {
        return """
                {"id":"%s","deployment":{"trigger":{"event":{"events":[{"id":"dark",
                 "condition":{"promQuery":"lux < 5","description":"It is dark"}}]}}},
                 "scaling":{"minReplicas":1,"maxReplicas":3,"profile":{"alpha":10,"beta":0}}}""".formatted(service);
    }

    static String lastLine(String text) {
        List<String> lines = text.strip().lines().toList();
        return lines.get(lines.size() - 1);
    }
}
