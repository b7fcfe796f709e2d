// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.OptimalParameters.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several short resources, and services on several clusters, beside full enumeration. */
class SeveralResourcesTest {

    /** Up to five services with up to eight replicas; {@code -Dsmo.scaling.cases=2000} for all of them. */
    private static final int CASES = Integer.getInteger("smo.scaling.cases", 200);

    private static final OptimalParameters SLUGGISH = Given.weights(Mode.DEFAULT, 0.2, 0.4);

    @Test
    void severalShortResourcesCostWhatTheCheapestOfAllAnswersCosts() {
        int scarce = 0;
        for (int seed = 0; seed < CASES; seed++) {
            ScalingRequest request = onOneCluster(new SplittableRandom(seed));
            List<Answer> answers = compare(seed, request, SLUGGISH);
            scarce += answers.stream().anyMatch(answer -> answer.reason().contains(" and "))
                            && answers.stream()
                                    .anyMatch(answer -> answer.reason().contains("is scarce"))
                    ? 1
                    : 0;
        }
        assertThat(scarce).as("cases with several scarce resources").isGreaterThan(CASES / 4);
    }

    @Test
    void servicesOnSeveralClustersCostWhatTheCheapestOfAllAnswersCosts() {
        int apart = 0;
        for (int seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ScalingRequest request = onSeveralClusters(random);
            OptimalParameters parameters = random.nextBoolean() ? SLUGGISH : Given.DEFAULT;
            List<Answer> answers = compare(seed, request, parameters);
            apart += answers.stream().anyMatch(answer -> answer.reason().contains("would be cheapest")) ? 1 : 0;
        }
        assertThat(apart).as("cases in which a capacity matters").isGreaterThan(CASES / 5);
    }

    /** All served at the least cost, or somebody is not served because not all can be. */
    private static List<Answer> compare(int seed, ScalingRequest request, OptimalParameters parameters) {
        List<Answer> answers = Given.answers(parameters, request);
        FullEnumeration all = new FullEnumeration(request, parameters);
        OptionalDouble cheapest = all.cheapest();
        List<Integer> replicas = replicas(request, answers);
        assertThat(answers.stream().allMatch(SeveralResourcesTest::isServed))
                .as("seed %d: %s", seed, answers)
                .isEqualTo(cheapest.isPresent());
        if (cheapest.isPresent()) {
            assertThat(all.serves(replicas) && all.fits(replicas))
                    .as("seed %d: %s", seed, answers)
                    .isTrue();
            assertThat(all.cost(replicas)).as("seed %d", seed).isCloseTo(cheapest.getAsDouble(), within(1e-9));
            assertThat(answers).noneMatch(answer -> answer.reason().contains("above the cheapest"));
        }
        return answers;
    }

    private static boolean isServed(Answer answer) {
        return answer instanceof Replicas decided && decided.unmet().isEmpty();
    }

    private static List<Integer> replicas(ScalingRequest request, List<Answer> answers) {
        return IntStream.range(0, answers.size())
                .mapToObj(i -> answers.get(i) instanceof Replicas decided
                        ? decided.replicas()
                        : request.targets().get(i).replicas())
                .toList();
    }

    private static ScalingRequest onOneCluster(SplittableRandom random) {
        List<ScalingTarget> targets = new ArrayList<>();
        for (int s = 1 + random.nextInt(5); s > 0; s--) {
            targets.add(target(random, "s" + s, "c1", need(random), 8));
        }
        return ScalingRequest.of(targets, List.of(capacity(random, "c1", targets)));
    }

    /** Up to three services on one to three clusters each. */
    private static ScalingRequest onSeveralClusters(SplittableRandom random) {
        List<ScalingTarget> targets = new ArrayList<>();
        for (int s = 1 + random.nextInt(3); s > 0; s--) {
            Resources need = need(random);
            int clusters = 1 + random.nextInt(3);
            for (int c = 1; c <= clusters; c++) {
                targets.add(target(random, "s" + s, "c" + c, need, s == 3 ? 2 : 4));
            }
        }
        return ScalingRequest.of(
                targets,
                IntStream.rangeClosed(1, 3)
                        .mapToObj(c -> capacity(random, "c" + c, targets))
                        .toList());
    }

    private static Resources need(SplittableRandom random) {
        return new Resources(
                (1 + random.nextInt(8)) * 100L,
                (1 + random.nextInt(60)) * 1_000_003L,
                0,
                random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0);
    }

    private static ScalingTarget target(
            SplittableRandom random, String service, String cluster, Resources need, int most) {
        int max = 1 + random.nextInt(most);
        int min = random.nextInt(Math.min(2, max) + 1);
        double load = random.nextInt(3) == 0 ? 0 : random.nextDouble() * max * 10;
        return Given.target(
                "g", service, cluster, need, random.nextInt(max + 1), min, max, OptionalDouble.of(load), 10, 0);
    }

    /** Between what the demand needs, about, and what runs at present. */
    private static ClusterCapacity capacity(SplittableRandom random, String cluster, List<ScalingTarget> targets) {
        Resources present = Resources.NONE;
        Resources needed = Resources.NONE;
        for (ScalingTarget target : targets) {
            if (target.cluster().name().equals(cluster)) {
                int least = Math.max(target.minReplicas(), (int)
                        Math.ceil(target.demandPerSecond().orElseThrow() / 10));
                needed = needed.plus(target.perReplica().times(least));
                present = present.plus(target.perReplica().times(Math.max(least, target.replicas())));
            }
        }
        return Given.capacity(
                cluster,
                new Resources(
                        between(random, needed.cpuMillis(), present.cpuMillis()),
                        between(random, needed.memoryBytes(), present.memoryBytes()),
                        0,
                        between(random, needed.gpus(), present.gpus())));
    }

    private static long between(SplittableRandom random, long least, long most) {
        return Math.max(0, Math.round(least + (most - least) * (random.nextDouble() * 1.2 - 0.1)));
    }
}
