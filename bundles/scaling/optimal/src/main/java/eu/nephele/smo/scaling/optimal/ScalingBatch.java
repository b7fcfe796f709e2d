// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.SharedCapacity.Decision;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class ScalingBatch {

    private final ScalingRequest request;
    private final Answer[] answers;

    ScalingBatch(ScalingRequest request) {
        this.request = request;
        this.answers = new Answer[request.targets().size()];
    }

    Map<ClusterCapacity, List<Integer>> byCluster() {
        Map<ClusterId, ClusterCapacity> clusters =
                request.clusters().stream().collect(Collectors.toMap(ClusterCapacity::id, cluster -> cluster));
        Map<ClusterId, List<Integer>> positions = IntStream.range(0, answers.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> target(i).cluster(), TreeMap::new, Collectors.toList()));
        return positions.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> known(clusters, entry.getKey()),
                        Map.Entry::getValue,
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    ScalingTarget target(int index) {
        return request.targets().get(index);
    }

    void answer(int index, Answer answer) {
        answers[index] = answer;
    }

    void refuse(ReplicaVariable replicaVariable, Infeasible answer) {
        answers[replicaVariable.index()] = answer;
    }

    void answer(List<ReplicaVariable> candidates, Decision decision) {
        for (int i = 0; i < candidates.size(); i++) {
            ReplicaVariable replicaVariable = candidates.get(i);
            int replicas = decision.replicas().get(i);
            answers[replicaVariable.index()] =
                    new Replicas(replicas, ReasonTexts.explain(replicaVariable, replicas, decision));
        }
    }

    ScalingResult result() {
        return new ScalingResult(Arrays.asList(answers));
    }

    private static ClusterCapacity known(Map<ClusterId, ClusterCapacity> clusters, ClusterId id) {
        ClusterCapacity capacity = clusters.get(id);
        if (capacity == null) {
            throw new IllegalArgumentException("Cluster %s has targets but is not part of the request, which has %s"
                    .formatted(id, clusters.keySet()));
        }
        return capacity;
    }
}
