// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A request and its answers, with what must hold of them. One replica serves one request per second. */
final class DecidedRequest {

    private final List<ScalingTarget> targets;
    private final ScalingRequest request;
    private final List<Answer> answers;

    DecidedRequest(ScalingRequest request, OptimalParameters parameters) {
        this.request = request;
        this.targets = request.targets();
        this.answers = Given.answers(parameters, request);
    }

    List<Answer> answers() {
        return answers;
    }

    /** By target, those after the answers are applied. */
    int[] numbers() {
        return IntStream.range(0, targets.size())
                .map(i -> answers.get(i) instanceof Replicas decided
                        ? decided.replicas()
                        : targets.get(i).replicas())
                .toArray();
    }

    /** By service, in order, on all its clusters. */
    List<Integer> totals() {
        int[] numbers = numbers();
        return services().stream()
                .map(service -> service.stream().mapToInt(i -> numbers[i]).sum())
                .toList();
    }

    /** Positions of the targets of each service. */
    private List<List<Integer>> services() {
        return List.copyOf(IntStream.range(0, targets.size())
                .boxed()
                .collect(Collectors.groupingBy(i -> targets.get(i).service(), TreeMap::new, Collectors.toList()))
                .values());
    }

    void assertFitsAndIsNoMoreThanNeeded() {
        int[] numbers = numbers();
        for (int i = 0; i < numbers.length; i++) {
            ScalingTarget target = targets.get(i);
            if (answers.get(i) instanceof Replicas) {
                assertThat(numbers[i]).as("%s", answers).isBetween(target.minReplicas(), target.maxReplicas());
            }
            if (numbers[i] > target.replicas()) {
                assertThat(isOverfull(i, numbers))
                        .as("%s of %s", answers, target.service())
                        .isFalse();
            }
        }
        for (List<Integer> service : services()) {
            boolean known = service.stream().noneMatch(i -> answers.get(i) instanceof Keep);
            boolean served = service.stream().allMatch(i -> isServed(answers.get(i)));
            if (known && served) {
                assertThat(lacking(service)).as("%s", answers).isNotPositive();
            } else if (known
                    && service.stream()
                            .anyMatch(i -> numbers[i] > targets.get(i).replicas())) {
                assertThat(lacking(service)).as("%s", answers).isNotNegative();
            }
        }
    }

    private static boolean isServed(Answer answer) {
        return answer instanceof Replicas decided && decided.unmet().isEmpty();
    }

    void assertNobodyCouldGetOneMore() {
        for (List<Integer> service : services()) {
            if (service.stream().noneMatch(i -> answers.get(i) instanceof Keep)) {
                service.forEach(i -> assertCannotGrow(i, lacking(service)));
            }
        }
    }

    /** How many replicas a service needs beside those it has. */
    private int lacking(List<Integer> service) {
        int[] numbers = numbers();
        return DividedServing.needed(service.stream().map(targets::get).toList())
                - service.stream().mapToInt(i -> numbers[i]).sum();
    }

    /** Idle replicas of others do not count. */
    private void assertCannotGrow(int i, int lacking) {
        ScalingTarget target = targets.get(i);
        int[] numbers = numbers();
        int next = Math.max(numbers[i] + 1, target.minReplicas());
        if (next > target.maxReplicas() || next - numbers[i] > lacking) {
            return;
        }
        for (int k = 0; k < numbers.length; k++) {
            if (isOnOneCluster(targets.get(k)) && answers.get(k) instanceof Replicas) {
                numbers[k] = Math.min(numbers[k], DividedServing.needed(List.of(targets.get(k))));
            }
        }
        numbers[i] = next;
        assertThat(isOverfull(i, numbers))
                .as("%s: one more of %s on %s", answers, target.service(), target.cluster())
                .isTrue();
    }

    private boolean isOnOneCluster(ScalingTarget target) {
        return targets.stream()
                        .filter(other -> other.service().equals(target.service()))
                        .count()
                == 1;
    }

    /** Whether the cluster of a target has too little of something that the target needs. */
    private boolean isOverfull(int of, int... numbers) {
        ScalingTarget target = targets.get(of);
        Resources used = IntStream.range(0, numbers.length)
                .filter(i -> targets.get(i).cluster().equals(target.cluster()))
                .mapToObj(i -> targets.get(i).perReplica().times(numbers[i]))
                .reduce(Resources.NONE, Resources::plus);
        Resources free = request.clusters().stream()
                .filter(cluster -> cluster.id().equals(target.cluster()))
                .findFirst()
                .orElseThrow()
                .free();
        return target.perReplica().byName().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .anyMatch(
                        each -> used.byName().get(each.getKey()) > free.byName().getOrDefault(each.getKey(), 0L));
    }
}
