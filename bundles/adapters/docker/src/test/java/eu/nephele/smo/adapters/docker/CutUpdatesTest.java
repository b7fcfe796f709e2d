// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static eu.nephele.smo.adapters.docker.DockerWorld.A;
import static eu.nephele.smo.adapters.docker.DockerWorld.B;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.docker.PlayedDocker.PlayedContainer;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The process ends at each effect of an update in turn, before or after it happened: on engines and at the balancer. The
 * next process has nothing but what is there.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CutUpdatesTest {

    private static final WorkloadRef WEB = DockerWorld.ref("web");
    private static final int AT_ONCE = 12;

    /**
     * @param batchSize of the update
     * @param maxUnavailable of the update
     * @param maxContainers of each server
     * @param balanced whether a balancer sends to the replicas
     */
    private record CutUpdate(
            int batchSize, int maxUnavailable, int maxContainers, boolean balanced, List<Share> shares) {

        CutUpdate {
            shares = List.copyOf(shares);
        }

        JsonObject values() {
            JsonObject limits = JsonObject.EMPTY
                    .with("batchSize", JsonNumber.of(batchSize))
                    .with("maxUnavailable", JsonNumber.of(maxUnavailable));
            return (balanced ? DockerWorld.balanced() : DockerWorld.values()).with("update", limits);
        }

        int replicas() {
            return shares.stream().mapToInt(Share::replicas).sum();
        }
    }

    @Test
    void twoAtOnceOverTwoServersBehindABalancer() throws Exception {
        cutEverywhere(new CutUpdate(2, 0, 20, true, List.of(new Share(A, 2), new Share(B, 1))));
    }

    @Test
    void oneAtATimeOverTwoServers() throws Exception {
        cutEverywhere(new CutUpdate(1, 0, 20, false, List.of(new Share(A, 1), new Share(B, 2))));
    }

    @Test
    void fullServersWhereOneMayBeMissing() throws Exception {
        cutEverywhere(new CutUpdate(2, 1, 2, false, List.of(new Share(A, 2), new Share(B, 2))));
    }

    private static void cutEverywhere(CutUpdate update) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            int effect = 1;
            for (boolean isCut = true; isCut; ) {
                List<Future<Boolean>> some = new ArrayList<>();
                for (int i = 0; i < AT_ONCE / 2; i++) {
                    int last = effect++;
                    some.add(threads.submit(() -> isCut(update, last, false)));
                    some.add(threads.submit(() -> isCut(update, last, true)));
                }
                for (Future<Boolean> each : some) {
                    isCut = each.get() && isCut;
                }
            }
            assertThat(effect).as("effects of an update").isGreaterThan(4 * update.replicas());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns whether the update was cut; not if it has fewer effects. */
    private static boolean isCut(CutUpdate update, int last, boolean done) throws IOException {
        PlayedBalancer balancer = new PlayedBalancer();
        try (DockerWorld world = new DockerWorld(update.maxContainers(), Duration.ofSeconds(60))) {
            if (update.balanced()) {
                world.surroundings.balancer = Optional.of(balancer);
            }
            world.install(WEB, "1", update.values(), 1, A, B);
            world.run(WEB, 1, update.shares().toArray(Share[]::new));
            awaitRollout(world, update);
            Await.until(
                    "all are taken in",
                    () -> !update.balanced() || balancer.members(WEB).size() == update.replicas());
            List<String> wrong = new CopyOnWriteArrayList<>();
            Runnable watch = () -> watch(world, balancer, update).ifPresent(wrong::add);
            PlayedEffects effects = new PlayedEffects(last, done, watch);
            play(world, balancer, effects);
            boolean installed = isInstalled(world, update);
            if (installed) {
                world.run(WEB, 2, update.shares().toArray(Share[]::new));
            }
            Await.within(
                    Duration.ofSeconds(60),
                    () -> "cut, or over: %s %s".formatted(world.seen(WEB), world.a().log),
                    () -> effects.isOver() || (installed && isUpdated(world, update)));
            boolean cut = effects.isOver();
            world.servers.close();
            play(world, balancer, new PlayedEffects(Integer.MAX_VALUE, true, watch));
            world.crash();
            // the engine asks for the release again; how many are wanted is in the names
            Await.until("installed", () -> isInstalled(world, update));
            awaitRollout(world, update);
            Await.until("nothing else is done", () -> isUpdated(world, update));
            assertThat(wrong).as("cut at effect %d, done=%s", last, done).isEmpty();
            return cut;
        }
    }

    private static void play(DockerWorld world, PlayedBalancer balancer, PlayedEffects effects) {
        world.a().effects = effects;
        world.b().effects = effects;
        balancer.effects = effects;
    }

    private static boolean isInstalled(DockerWorld world, CutUpdate update) {
        try {
            return world.servers
                    .deployer()
                    .ensureInstalled(DockerWorld.request(WEB, "2", update.values(), 2, A, B))
                    .status()
                    .name()
                    .equals("DEPLOYED");
        } catch (AdapterException cut) {
            return false;
        }
    }

    private static void awaitRollout(DockerWorld world, CutUpdate update) {
        update.shares().forEach(share -> world.awaitRollout(WEB, share.cluster(), share.replicas()));
    }

    private static boolean isUpdated(DockerWorld world, CutUpdate update) {
        return update.shares().stream().allMatch(share -> {
            List<PlayedContainer> there =
                    List.copyOf(world.engines.get(share.cluster()).containers.values());
            return there.size() == share.replicas()
                    && there.stream().allMatch(each -> each.isRunning() && each.image.endsWith(":2"));
        });
    }

    /** What is wrong just now. */
    private static Optional<String> watch(DockerWorld world, PlayedBalancer balancer, CutUpdate update) {
        List<PlayedContainer> running = world.engines.values().stream()
                .flatMap(engine -> engine.running().stream())
                .toList();
        long well = running.stream().filter(each -> each.answeredWell).count();
        List<String> sentTo = balancer.members(WEB).stream()
                .filter(member -> !member.draining())
                .map(Member::id)
                .filter(id -> running.stream().anyMatch(each -> each.answeredWell && each.id.startsWith(id)))
                .toList();
        int least = update.replicas() - update.maxUnavailable();
        boolean crowded = world.engines.values().stream()
                .anyMatch(engine -> engine.running().size() > update.maxContainers());
        return Stream.of(
                        running.size() > update.replicas() + update.batchSize()
                                ? "too many run: " + running.size()
                                : "",
                        well < least ? "too few are well: " + well : "",
                        update.balanced() && sentTo.size() < least ? "too few are sent to: " + sentTo.size() : "",
                        crowded ? "a server has more than it may" : "")
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
