// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.OptimalParameters.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties of every problem. Problems are made from a seed, so that a failing one can be reproduced. */
class ScalingPropertiesTest {

    private static final double[] WEIGHTS = {0, 0.1, 0.2, 0.4, 0.7};

    /** One graph, one cluster, CPU only. */
    @Property(tries = 3000)
    void costsWhatTheCheapestOfAllAnswersCosts(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OptimalParameters parameters = parameters(random);
        ScalingRequest request = small(random, 1, 1, false);
        List<Answer> answers = Given.answers(parameters, request);
        BruteForce all = new BruteForce(request, parameters);
        if (all.cheapest().isPresent()) {
            assertThat(answers).allMatch(Replicas.class::isInstance);
            assertThat(all.cost(present(request.targets(), answers)))
                    .isCloseTo(all.cheapest().getAsDouble(), within(1e-9));
        } else if (parameters.mode() == Mode.REFERENCE) {
            assertThat(answers).allMatch(Infeasible.class::isInstance);
        } else {
            assertThat(IntStream.range(0, answers.size()))
                    .anyMatch(i -> isBelowTheNeed(request.targets().get(i), answers.get(i)));
        }
    }

    /** Nothing is decided, or fewer replicas than are allowed and needed. */
    private static boolean isBelowTheNeed(ScalingTarget target, Answer answer) {
        if (answer instanceof Replicas decided) {
            return decided.unmet().isPresent() && decided.replicas() < target.maxReplicas();
        }
        return answer instanceof Infeasible;
    }

    @Property(tries = 1000)
    void tiesGoToTheSmallerNumberWhileThereIsCapacity(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OptimalParameters parameters = parameters(random);
        ScalingTarget target = small(random, 1, 1, false).targets().get(0);
        ScalingRequest request = Given.request(Given.cpu(1_000_000), target);
        BruteForce all = new BruteForce(request, parameters);
        Answer answer = Given.answers(parameters, request).get(0);
        assertThat(answer instanceof Replicas decided ? decided.replicas() : -1)
                .isEqualTo(all.smallestOfTheCheapest().orElse(-1));
    }

    /** Several graphs, clusters and resources, services without data, clusters that may be overfull before. */
    @Property(tries = 3000)
    void neverExceedsACapacityOrABound(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OptimalParameters parameters = parameters(random);
        ScalingRequest request = small(random, 3, 2, true);
        List<Answer> answers = Given.answers(parameters, request);
        assertThat(answers).hasSameSizeAs(request.targets());
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Replicas decided) {
                ScalingTarget target = request.targets().get(i);
                assertThat(decided.replicas()).isBetween(target.minReplicas(), target.maxReplicas());
                double lacking = target.demandPerSecond().orElseThrow()
                        - target.profile().beta()
                        - target.profile().alpha() * decided.replicas();
                assertThat(lacking > 1e-6)
                        .as("%s: %s", target, decided)
                        .isEqualTo(decided.unmet().isPresent());
            }
            assertThat(answers.get(i).reason()).isNotBlank();
        }
        request.clusters().forEach(cluster -> assertFits(cluster, request.targets(), answers));
    }

    @Property(tries = 300)
    void sameProblemHasTheSameAnswer(@ForAll long seed) {
        OptimalParameters parameters = parameters(new SplittableRandom(seed));
        assertThat(Given.answers(parameters, small(new SplittableRandom(seed), 3, 2, true)))
                .isEqualTo(Given.answers(parameters, small(new SplittableRandom(seed), 3, 2, true)));
    }

    /** Without load everything ends at its minimum, whatever runs and however full the cluster is. */
    @Property(tries = 1000)
    void idleServicesScaleInToTheirMinimum(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ScalingTarget> idle = small(random, 3, 1, false).targets().stream()
                .map(target -> Given.target(
                        target.graph().name(),
                        target.service(),
                        "c1",
                        target.perReplica(),
                        target.replicas(),
                        target.minReplicas(),
                        target.maxReplicas(),
                        OptionalDouble.of(0),
                        target.profile().alpha(),
                        Math.abs(target.profile().beta())))
                .toList();
        long presentCpu = idle.stream()
                .mapToLong(
                        target -> target.perReplica().cpuMillis() * Math.max(target.replicas(), target.minReplicas()))
                .sum();
        ScalingRequest request = ScalingRequest.of(idle, List.of(Given.capacity("c1", Given.cpu(presentCpu))));
        assertThat(Given.words(Given.DEFAULT, request))
                .isEqualTo(request.targets().stream()
                        .map(target -> Integer.toString(target.minReplicas()))
                        .toList());
    }

    @Property(tries = 1000)
    void whatHappensOnOneClusterDoesNotMatterToAnother(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OptimalParameters parameters = parameters(random);
        ScalingRequest both = small(random, 3, 2, true);
        List<Answer> together = Given.answers(parameters, both);
        for (ClusterCapacity cluster : both.clusters()) {
            List<Answer> there = new ArrayList<>();
            List<ScalingTarget> targets = new ArrayList<>();
            for (int i = 0; i < together.size(); i++) {
                if (both.targets().get(i).cluster().equals(cluster.id())) {
                    there.add(together.get(i));
                    targets.add(both.targets().get(i));
                }
            }
            assertThat(Given.answers(parameters, ScalingRequest.of(targets, List.of(cluster))))
                    .isEqualTo(there);
        }
    }

    private static void assertFits(ClusterCapacity cluster, List<ScalingTarget> targets, List<Answer> answers) {
        List<Integer> replicas = present(targets, answers);
        Resources used = Resources.NONE;
        Resources needOfDecided = Resources.NONE;
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i).cluster().equals(cluster.id())) {
                used = used.plus(targets.get(i).perReplica().times(replicas.get(i)));
                if (answers.get(i) instanceof Replicas) {
                    needOfDecided = needOfDecided.plus(targets.get(i).perReplica());
                }
            }
        }
        // an overfull resource that no decision changes was overfull before
        for (String name : needOfDecided.byName().keySet()) {
            assertThat(used.byName().getOrDefault(name, 0L))
                    .as(name)
                    .isLessThanOrEqualTo(cluster.free().byName().getOrDefault(name, 0L));
        }
    }

    /** The replicas after the answers are applied. */
    private static List<Integer> present(List<ScalingTarget> targets, List<Answer> answers) {
        List<Integer> replicas = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            replicas.add(
                    answers.get(i) instanceof Replicas decided
                            ? decided.replicas()
                            : targets.get(i).replicas());
        }
        return replicas;
    }

    private static OptimalParameters parameters(SplittableRandom random) {
        Mode mode = random.nextBoolean() ? Mode.DEFAULT : Mode.REFERENCE;
        if (random.nextInt(3) == 0) {
            return mode == Mode.DEFAULT ? Given.DEFAULT : Given.REFERENCE;
        }
        return Given.weights(mode, WEIGHTS[random.nextInt(WEIGHTS.length)], WEIGHTS[random.nextInt(WEIGHTS.length)]);
    }

    private static ScalingRequest small(SplittableRandom random, int graphs, int clusters, boolean rich) {
        int services = 1 + random.nextInt(rich ? 8 : 4);
        List<ScalingTarget> targets = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            targets.add(
                    target(random, "g" + random.nextInt(graphs), "s" + i, "c" + (1 + random.nextInt(clusters)), rich));
        }
        List<ClusterCapacity> capacities = new ArrayList<>();
        for (int c = 1; c <= clusters; c++) {
            capacities.add(Given.capacity("c" + c, free(random, "c" + c, targets, rich)));
        }
        return ScalingRequest.of(targets, capacities);
    }

    private static ScalingTarget target(
            SplittableRandom random, String graph, String service, String cluster, boolean rich) {
        int max = rich && random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(5);
        int min = random.nextInt(Math.min(max, 2) + 1);
        double alpha = 0.5 + random.nextInt(4);
        double beta = random.nextInt(-2, 3) * 0.5;
        double load = random.nextInt(4) == 0 ? 0 : random.nextDouble() * alpha * max;
        boolean silent = rich && random.nextInt(8) == 0;
        Resources need = new Resources(
                (random.nextInt(8) + (rich ? 0 : 1)) * 150L,
                rich ? random.nextInt(4) * 100L : 0,
                0,
                rich && random.nextInt(4) == 0 ? 1 : 0);
        return Given.target(
                graph,
                service,
                cluster,
                need,
                random.nextInt(7),
                min,
                max,
                silent ? OptionalDouble.empty() : OptionalDouble.of(load),
                alpha,
                beta);
    }

    /** From far too little to more than enough of what runs at present, sometimes exactly that. */
    private static Resources free(SplittableRandom random, String cluster, List<ScalingTarget> targets, boolean rich) {
        Resources used = targets.stream()
                .filter(target -> target.cluster().name().equals(cluster))
                .map(target -> target.perReplica().times(Math.max(1, target.replicas())))
                .reduce(Resources.NONE, Resources::plus);
        int percent = random.nextInt(3) == 0 ? 100 : 20 + random.nextInt(rich ? 130 : 160);
        return new Resources(
                used.cpuMillis() * percent / 100,
                used.memoryBytes() * (random.nextBoolean() ? 100 : percent) / 100,
                0,
                random.nextInt(5) == 0 ? Resources.UNLIMITED : used.gpus());
    }
}
