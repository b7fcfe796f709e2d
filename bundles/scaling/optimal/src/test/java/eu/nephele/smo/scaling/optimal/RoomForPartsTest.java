// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A service that does not fit as a whole gets the part that fits. Problems are made from a seed, so that a failing one can be reproduced. */
class RoomForPartsTest {

    private static final OptimalParameters SLUGGISH = Given.weights(OptimalParameters.Mode.DEFAULT, 0.2, 0.4);

    @Test
    void partsAreServedInTheSameOrderAndSayWhatHadBeenServed() {
        List<Answer> answers = Given.answers(
                Given.DEFAULT,
                Given.request(
                        new Resources(20_000, 0, 0, 9),
                        need("first", new Resources(1000, 0, 0, 2), 1, 5),
                        need("second", new Resources(1000, 0, 0, 1), 2, 9),
                        need("without", new Resources(1000, 0, 0, 0), 1, 2)));
        assertThat(Given.words(answers)).containsExactly("3 of 5", "3 of 9", "2");
        assertThat(answers.get(0).reason())
                .isEqualTo(
                        "a demand of 5 requests/s needs 5 replicas, there is room for 3: alone on c1: needs 10 GPUs, 9 free");
        assertThat(answers.get(1).reason())
                .isEqualTo(
                        "a demand of 9 requests/s needs 9 replicas, there is room for 3:"
                                + " all services together on c1: needs 15 GPUs, 9 free; served before: first (2 of 4 more, not 7)");
    }

    @Test
    void whoFitsAsAWholeComesBeforePartsOfTheSamePriority() {
        // one more of the large one would fit, and then none of the small ones
        assertThat(Given.words(
                        Given.DEFAULT,
                        Given.request(
                                Given.cpu(8000),
                                Given.service("large", 3000, 1, 1, 9, 3),
                                Given.service("small", 1000, 1, 1, 9, 4))))
                .containsExactly("1 of 3", "4");
    }

    @Test
    void idleReplicasDoNotHelpWhereEvenAllOfThemAreTooFew() {
        // the lower priorities keep what does not fit; the idle replica of the higher one cannot make up for that
        ScalingRequest request = Given.request(
                new Resources(2000, 0, 0, 1),
                prioritised("high", new Resources(200, 0, 0, 0), 2, 1, 0),
                prioritised("middle", new Resources(500, 0, 0, 1), 1, 2, 3),
                prioritised("low", new Resources(700, 0, 0, 0), 0, 2, 2));
        assertThat(Given.words(SLUGGISH, request)).containsExactly("0", "infeasible", "infeasible");
    }

    private static ScalingTarget prioritised(String service, Resources each, int priority, int present, double demand) {
        return ScalingTarget.builder(new GraphId("demo", "g"), service, Given.cluster("c1"))
                .perReplica(each)
                .replicas(present)
                .bounds(0, 9)
                .priority(priority)
                .demand(demand)
                .build();
    }

    @Test
    void aPartIsNeverBelowTheMinimum() {
        ScalingTarget target = Given.service("s", 1000, 0, 2, 9, 5);
        assertThat(Given.words(Given.DEFAULT, Given.request(Given.cpu(1000), target)))
                .containsExactly("infeasible");
        assertThat(Given.words(Given.DEFAULT, Given.request(Given.cpu(2000), target)))
                .containsExactly("2 of 5");
    }

    @Test
    void aDemandAboveTheMaximumGetsAPartToo() {
        List<Answer> answers =
                Given.answers(Given.DEFAULT, Given.request(Given.cpu(3000), Given.service("s", 1000, 1, 1, 5, 12)));
        assertThat(Given.words(answers)).containsExactly("3 of 12");
        assertThat(answers.get(0).reason())
                .isEqualTo("a demand of 12 requests/s needs 12 replicas, the maximum is 5, there is room for 3:"
                        + " alone on c1: needs 5 cores, 3 free");
    }

    @Test
    void idleReplicasOfOthersGiveWayToAPart() {
        assertThat(Given.words(
                        SLUGGISH,
                        Given.request(
                                Given.cpu(6000),
                                Given.service("idle", 1000, 4, 1, 9, 1),
                                Given.service("busy", 1000, 2, 1, 9, 9))))
                .containsExactly("5 of 9", "1");
    }

    @Test
    void theModeReferenceServesAllOrNone() {
        assertThat(Given.words(
                        Given.REFERENCE,
                        Given.request(
                                Given.cpu(5000),
                                Given.service("a", 1000, 1, 1, 9, 2),
                                Given.service("b", 1000, 1, 1, 9, 9))))
                .containsExactly("infeasible", "infeasible");
    }

    @Property(tries = 3000)
    void numbersAreThoseOfOneReplicaAfterTheOther(@ForAll long seed) {
        ScalingRequest request = onOneCluster(new SplittableRandom(seed));
        GreedyServing greedy = new GreedyServing(request, true);
        DecidedRequest decided = new DecidedRequest(request, Given.DEFAULT);
        assertThat(decided.numbers()).as("%s", decided.answers()).containsExactly(greedy.numbers());
        for (int i = 0; i < request.targets().size(); i++) {
            Replicas answer = (Replicas) decided.answers().get(i);
            assertThat(answer.unmet().isPresent()).isEqualTo(answer.replicas() < greedy.needed(i));
            answer.unmet().ifPresent(unmet -> assertThat(unmet.reason())
                    .contains(" replicas, there is room for " + answer.replicas() + ": "));
        }
    }

    @Property(tries = 1000)
    void theHighestPriorityNeverGetsLessThanIfItWereAllOrNone(@ForAll long seed) {
        ScalingRequest request = onOneCluster(new SplittableRandom(seed));
        int[] allOrNone = new GreedyServing(request, false).numbers();
        int[] numbers = new DecidedRequest(request, Given.DEFAULT).numbers();
        int highest = request.targets().stream()
                .mapToInt(ScalingTarget::priority)
                .max()
                .orElseThrow();
        for (int i = 0; i < numbers.length; i++) {
            if (request.targets().get(i).priority() == highest) {
                assertThat(numbers[i]).isGreaterThanOrEqualTo(allOrNone[i]);
            }
        }
    }

    @Property(tries = 500)
    void numbersOnSeveralClustersAreTheLargestThatCanBeDivided(@ForAll long seed) {
        ScalingRequest request = onSeveralClusters(new SplittableRandom(seed));
        DecidedRequest decided = new DecidedRequest(request, Given.DEFAULT);
        assertThat(decided.totals()).as("%s", decided.answers()).isEqualTo(new DividedServing(request).numbers());
    }

    /** Clusters that are overfull, replicas outside of their bounds, services without data. */
    @Property(tries = 3000)
    void answersFitAndAreNoMoreThanNeededWhateverRuns(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        new DecidedRequest(anything(random, 3, 40, 2), parameters(random)).assertFitsAndIsNoMoreThanNeeded();
    }

    @Property(tries = 3000)
    void nobodyCouldGetOneMoreWhateverRuns(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        new DecidedRequest(anything(random, 1, 40, 2), parameters(random)).assertNobodyCouldGetOneMore();
    }

    @Property(tries = 3000)
    void nobodyCouldGetOneMoreOnAnyCluster(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        new DecidedRequest(anything(random, 3, 0, 0), parameters(random)).assertNobodyCouldGetOneMore();
    }

    private static OptimalParameters parameters(SplittableRandom random) {
        return random.nextBoolean() ? SLUGGISH : Given.DEFAULT;
    }

    private static ScalingTarget need(String service, Resources perReplica, int present, double demand) {
        return Given.target("g", service, "c1", perReplica, present, 1, 9, OptionalDouble.of(demand), 1, 0);
    }

    /** Up to six services of three priorities; what is free is between the present use and what would be needed. */
    private static ScalingRequest onOneCluster(SplittableRandom random) {
        List<ScalingTarget> targets = new ArrayList<>();
        for (int s = 1 + random.nextInt(6); s > 0; s--) {
            targets.add(target(random, "s" + s, "c1", resources(random), random.nextInt(3), 9, 0));
        }
        return ScalingRequest.of(targets, List.of(between(random, "c1", targets, 0)));
    }

    /** Up to three services, each on one to three clusters. */
    private static ScalingRequest onSeveralClusters(SplittableRandom random) {
        List<ScalingTarget> targets = new ArrayList<>();
        for (int s = 1 + random.nextInt(3); s > 0; s--) {
            Resources each = resources(random);
            int from = 1 + random.nextInt(3);
            for (int c = from; c <= Math.min(3, from + random.nextInt(3)); c++) {
                targets.add(target(random, "s" + s, "c" + c, each, 0, 3, 0));
            }
        }
        return withClusters(random, targets, 0);
    }

    /**
     * @param most clusters of a service
     * @param lost percent of the present use that may not be free any more
     * @param wild by how much the present replicas may be outside of the bounds; then some have no data
     */
    private static ScalingRequest anything(SplittableRandom random, int most, int lost, int wild) {
        List<ScalingTarget> targets = new ArrayList<>();
        for (int s = 1 + random.nextInt(5); s > 0; s--) {
            Resources each = resources(random);
            int priority = random.nextInt(3);
            int from = 1 + random.nextInt(3);
            int to = random.nextBoolean() ? from : Math.min(3, from + random.nextInt(most));
            for (int c = from; c <= to; c++) {
                targets.add(target(random, "s" + s, "c" + c, each, priority, 5, wild));
            }
        }
        return withClusters(random, targets, lost);
    }

    private static ScalingRequest withClusters(SplittableRandom random, List<ScalingTarget> targets, int lost) {
        return ScalingRequest.of(
                targets,
                IntStream.rangeClosed(1, 3)
                        .mapToObj(c -> between(random, "c" + c, targets, lost))
                        .toList());
    }

    private static Resources resources(SplittableRandom random) {
        return new Resources(
                (1 + random.nextInt(8)) * 100L,
                random.nextInt(3) * 1_000_003L,
                0,
                random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0);
    }

    private static ScalingTarget target(
            SplittableRandom random, String service, String cluster, Resources each, int priority, int most, int wild) {
        int max = 1 + random.nextInt(most);
        int min = random.nextInt(Math.min(2, max) + 1);
        int present = Math.max(0, min - wild + random.nextInt(max - min + 1 + 2 * wild));
        boolean silent = wild > 0 && random.nextInt(12) == 0;
        return ScalingTarget.builder(new GraphId("demo", "g"), service, Given.cluster(cluster))
                .perReplica(each)
                .replicas(present)
                .bounds(min, max)
                .priority(priority)
                .demand(silent ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(2 * max + 1) / 2.0))
                .profile(new ServiceProfile(1, 0))
                .build();
    }

    private static ClusterCapacity between(
            SplittableRandom random, String cluster, List<ScalingTarget> targets, int lost) {
        Resources present = Resources.NONE;
        Resources needed = Resources.NONE;
        for (ScalingTarget target : targets) {
            if (target.cluster().name().equals(cluster)) {
                int most = (int) Math.ceil(target.demandPerSecond().orElse(0));
                present = present.plus(target.perReplica().times(target.replicas()));
                needed = needed.plus(target.perReplica().times(Math.max(target.replicas(), most)));
            }
        }
        long[] of = {present.cpuMillis(), present.memoryBytes(), present.gpus()};
        long[] to = {needed.cpuMillis(), needed.memoryBytes(), needed.gpus()};
        long[] free = IntStream.range(0, of.length)
                .mapToLong(k -> of[k] * (100 - (lost > 0 ? random.nextInt(lost) : 0)) / 100
                        + (long) (random.nextDouble() * 1.1 * (to[k] - of[k])))
                .toArray();
        return Given.capacity(cluster, new Resources(free[0], free[1], 0, free[2]));
    }
}
