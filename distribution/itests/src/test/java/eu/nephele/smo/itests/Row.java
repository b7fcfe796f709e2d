// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.itests.Trail.Said;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowingConsumer;

/** One row of the fault table while it is gone through: its graph is asked for things, and watched. */
final class Row implements AutoCloseable {

    private static final int LIMIT_SECONDS = 300;
    /** Beside the time that a status takes, at least. */
    private static final long AFTERWARDS_MILLIS = 1_500;

    private final FaultWorld world;
    private final Expected expected;
    private final Sampler sampler;

    private Row(FaultWorld world, Expected expected, Sampler sampler) {
        this.world = world;
        this.expected = expected;
        this.sampler = sampler;
    }

    /** @param name of the graph and its service */
    static Row of(FaultWorld world, String name, Expected expected) throws Exception {
        Row row = new Row(world, expected, world.watch(name));
        row.until(LIMIT_SECONDS, said -> {});
        return row;
    }

    /** Asks for it and waits until it has ended. */
    void ask(String method, String path, String body) throws Exception {
        begin(method, path, body);
        ends();
    }

    void begin(String method, String path, String body) throws Exception {
        sampler.follow(world.ask(method, path, body).path("id").asText());
    }

    void ends() throws Exception {
        until(
                LIMIT_SECONDS,
                said -> assertThat(said.ended()).as(said.toString()).isTrue());
    }

    void reaches(String phase) throws Exception {
        until(
                LIMIT_SECONDS,
                said -> assertThat(said.phase()).as(said.toString()).isEqualTo(phase));
    }

    /** Waits for what the server says.
     *
     * @return when it did, in milliseconds as in the trail
     */
    long until(int seconds, ThrowingConsumer<Said> assertions) throws Exception {
        return Eventually.within(seconds, sampler::last, said -> {
                    assertThat(said)
                            .as(() -> "what the server says; " + sampler.defects())
                            .isPresent();
                    assertions.accept(said.get());
                })
                .get()
                .answered();
    }

    /**
     * Waits until the clusters are as they shall be.
     *
     * @return when they were, in milliseconds as in the trail
     */
    long isBornOut(int seconds) throws Exception {
        return Eventually.within(seconds, sampler::now, now -> assertThat(
                        new FaultJudge(sampler.trail(), expected).disagreement(now - AFTERWARDS_MILLIS / 3))
                .isEmpty());
    }

    /** What the clusters have must not only come to be as it shall, but is so already. */
    void agreesFromNowOn() throws Exception {
        long since = sampler.now();
        goesOn(AFTERWARDS_MILLIS);
        hasAgreedSince(since);
    }

    void hasAgreedSince(long millis) {
        assertThat(new FaultJudge(sampler.trail(), expected).disagreement(millis))
                .isEmpty();
    }

    long now() {
        return sampler.now();
    }

    /** It is only watched. */
    void goesOn(long millis) throws Exception {
        long end = sampler.now() + millis;
        Eventually.within(LIMIT_SECONDS, sampler::now, now -> assertThat(now).isGreaterThan(end));
    }

    /** Watches a little longer and judges. */
    void judge() throws Exception {
        goesOn(AFTERWARDS_MILLIS + world.testbed.spec().delays().status());
        sampler.close();
        Trail trail = sampler.trail();
        List<String> wrong = new ArrayList<>(new FaultJudge(trail, expected).verdict());
        sampler.defects().forEach(defect -> wrong.add("%s: %s".formatted(defect.getMessage(), defect.getCause())));
        assertThat(wrong).isEmpty();
        assertThat(trail.seen()).as("reads of clusters").hasSizeGreaterThan((int)
                (sampler.now() / TimeUnit.SECONDS.toMillis(1)));
    }

    @Override
    public void close() throws IOException {
        sampler.close();
        System.out.println(sampler.trail().told());
    }
}
