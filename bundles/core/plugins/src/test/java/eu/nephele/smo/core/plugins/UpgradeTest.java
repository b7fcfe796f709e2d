// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.shadow.ReplayService;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.plugins.samples.Throwing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version replaces another one, and is rolled back at every stage where something is wrong. */
class UpgradeTest {

    private static final String ID = "acme.up";

    @TempDir
    Path data;

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(data);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static Jar version(String version) {
        return Jar.plugin(ID, version);
    }

    private void oneIsUntouched(Operation operation, Action failedAt, String says) {
        assertThat(operation.state()).isEqualTo(Operation.State.FAILED);
        assertThat(operation.error().orElseThrow().message()).contains(says);
        assertThat(operation.steps())
                .filteredOn(step -> step.state() == StepState.FAILED)
                .extracting(Operation.Step::action)
                .containsExactly(failedAt);
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
        assertThat(server.bundle(ID, "2.0.0")).isEmpty();
        assertThat(server.folder().resolve(ID + "-2.0.0.jar")).doesNotExist();
        assertThat(server.folder().resolve(ID + "-1.0.0.jar")).exists();
        assertThat(server.desk().versions(ID))
                .filteredOn(plugin -> plugin.state() == Plugin.PluginState.ACTIVE)
                .extracting(Plugin::version)
                .containsExactly("1.0.0");
    }

    @Test
    void aRollbackGoesBackToWhatWasReplacedLastAndForwardAgain() throws Exception {
        server.upload(version("1.0.0"));
        assertThatThrownBy(() -> server.desk().rollback(ID, false, RequestOrigin.INTERNAL))
                .hasMessageContaining("No replaced version of acme.up is kept");
        server.upgrade(ID, version("2.0.0"), false);

        Operation back = server.settled(server.desk().rollback(ID, false, RequestOrigin.INTERNAL));
        assertThat(back.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
        assertThat(server.bundle(ID, "2.0.0")).isEmpty();

        server.settled(server.desk().rollback(ID, false, RequestOrigin.INTERNAL));
        assertThat(server.isUsed(ID, "2.0.0")).isTrue();
    }

    @Test
    void theNewVersionTakesOverAndTheOldOneGoes() throws Exception {
        server.upload(version("1.0.0"));
        Operation operation = server.upgrade(ID, version("2.0.0"), false);
        assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(operation.steps()).allMatch(step -> step.state() == StepState.DONE);
        assertThat(operation.steps())
                .extracting(Operation.Step::action)
                .containsExactly(
                        Action.ADMIT,
                        Action.START,
                        Action.EXAMINE,
                        Action.REHEARSE,
                        Action.SWITCH,
                        Action.PROVE,
                        Action.REMOVE);
        assertThat(server.isUsed(ID, "2.0.0")).isTrue();
        assertThat(server.desk().versions(ID)).extracting(Plugin::version).containsExactly("2.0.0");
        assertThat(server.folder().resolve(ID + "-1.0.0.jar")).doesNotExist();
        server = server.restarted();
        server.await(() -> server.isUsed(ID, "2.0.0"), "it does not come back");
    }

    @Test
    void aLowerVersionTakesOverToo() throws Exception {
        server.upload(version("2.0.0"));
        assertThat(server.upgrade(ID, version("1.0.0"), false).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
        assertThat(server.bundle(ID, "2.0.0")).isEmpty();
    }

    @Test
    void onlyVersionsOfTheSamePluginTakeItsPlace() throws Exception {
        assertThatThrownBy(() -> server.upgrade(ID, version("2.0.0"), false)).hasMessageContaining("install it");
        server.upload(version("1.0.0"));
        assertThatThrownBy(() -> server.upgrade(ID, Jar.plugin("acme.other", "2.0.0"), false))
                .hasMessageContaining("not a version of acme.up");
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
    }

    @Test
    void whatIsRefusedChangesNothing() throws Exception {
        server.upload(version("1.0.0"));
        Operation operation = server.upgrade(ID, version("2.0.0").header("Export-Package", "com.acme"), false);
        oneIsUntouched(operation, Action.ADMIT, "exports com.acme");
    }

    @Test
    void whatDoesNotStartChangesNothing() throws Exception {
        server.upload(version("1.0.0"));
        Operation operation = server.upgrade(
                ID,
                version("2.0.0")
                        .header("Bundle-Activator", Throwing.class.getName())
                        .code(Throwing.class),
                false);
        oneIsUntouched(operation, Action.START, "rolled back, version 1.0.0 keeps running");
        assertThat(operation.error().orElseThrow().message()).contains("no licence found");
    }

    @Test
    void anUpgradeThatFailsTheConformanceChecksChangesNothing() throws Exception {
        server.upload(version("1.0.0"));
        server.settings(Settings.requiringTheKit());
        Operation operation = server.upgrade(ID, version("2.0.0"), false);
        oneIsUntouched(operation, Action.EXAMINE, "conformance kit");
        assertThat(server.desk().versions(ID).get(0).conformance()).isPresent();
    }

    @Test
    void aPluginWithoutTimeForItsChecksIsNotAdmittedWhereTheyAreRequired() throws Exception {
        server.upload(version("1.0.0"));
        server.settings(Settings.requiringTheKitWithin(Duration.ofMillis(1)));
        Operation operation = server.upgrade(ID, version("2.0.0"), false);
        oneIsUntouched(operation, Action.EXAMINE, "required checks did not run within the time limit");
    }

    @Test
    void whatFailsOnRecordedDecisionsChangesNothing() throws Exception {
        server.upload(version("1.0.0"));
        server.context().registerService(ReplayService.class, new OneReplay(), null);
        server.context().registerService(DecisionStore.class, Samples.decisions(Map.of("mine", ID)), null);
        Operation operation = server.upgrade(ID, version("2.0.0"), false);
        oneIsUntouched(operation, Action.REHEARSE, "fails on 1 of 20 recorded decisions");
    }

    @Test
    void anUpgradeDoesNotWaitForAQuietHour() throws Exception {
        server.upload(version("1.0.0"));
        CrowdedReplay replays = new CrowdedReplay();
        server.context().registerService(ReplayService.class, replays, null);
        long begin = System.nanoTime();
        Operation operation = server.upgrade(ID, version("2.0.0"), false);
        assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(operation.steps().toString()).contains("partly rehearsed: live decisions used all threads");
        assertThat(replays.cancelled).hasValue("r");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(60);
    }

    @Test
    void whatFailsInItsFirstDecisionsGoesBack() throws Exception {
        server.upload(version("1.0.0"));
        AtomicReference<StrategyControl.State> standing = new AtomicReference<>(StrategyControl.State.USED);
        server.context().registerService(StrategyControl.class, new Counting("2.0.0", 1, standing), null);
        Operation operation = server.upgrade(ID, version("2.0.0"), false);
        oneIsUntouched(operation, Action.PROVE, "failed in its first decisions: exception, boom");
        standing.set(StrategyControl.State.EJECTED);
        oneIsUntouched(server.upgrade(ID, version("2.0.0"), false), Action.PROVE, "was ejected");
        assertThat(server.desk().versions(ID))
                .filteredOn(plugin -> plugin.version().equals("2.0.0"))
                .extracting(Plugin::state)
                .containsExactly(Plugin.PluginState.FAILED);
    }

    @Test
    void enoughDecisionsWithoutFaultAreProof() throws Exception {
        server.settings(Settings.provingFor(60));
        server.upload(version("1.0.0"));
        server.context()
                .registerService(
                        StrategyControl.class,
                        new Counting("2.0.0", 0, new AtomicReference<>(StrategyControl.State.USED)),
                        null);
        Operation operation = server.upgrade(ID, version("2.0.0"), false);
        assertThat(operation.steps())
                .filteredOn(step -> step.action() == Action.PROVE)
                .extracting(Operation.Step::message)
                .containsExactly("25 decisions without a fault");
    }

    @Test
    void anotherVersionUnderTheSameFileNameIsAnUpgrade() throws Exception {
        Path file = server.folder().resolve("up.jar");
        version("1.0.0").into(file);
        server.awaits(ID, Plugin.PluginState.ACTIVE);
        version("2.0.0").into(file);
        server.await(
                () -> server.isUsed(ID, "2.0.0") && server.bundle(ID, "1.0.0").isEmpty(), "no upgrade");
        server.await(
                () -> server.operations.list(null).stream()
                        .anyMatch(operation -> operation.kind() == Operation.Kind.UPGRADE_PLUGIN
                                && operation.state() == Operation.State.SUCCEEDED),
                "no operation");
        server = server.restarted();
        server.await(() -> server.isUsed(ID, "2.0.0"), "it does not come back");
    }

    @Test
    void otherContentOfTheSameVersionIsAnUpdateInPlace() throws Exception {
        Path file = server.folder().resolve("up.jar");
        version("1.0.0").into(file);
        String before = server.awaits(ID, Plugin.PluginState.ACTIVE).artifact().sha256();
        version("1.0.0").entry("more.txt", "more").into(file);
        server.await(
                () -> server.desk().versions(ID).stream()
                        .anyMatch(plugin -> plugin.state() == Plugin.PluginState.ACTIVE
                                && !plugin.artifact().sha256().equals(before)),
                "no update");
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
        assertThat(server.bundle(ID, "1.0.0").orElseThrow().getEntry("more.txt"))
                .isNotNull();
    }

    @Test
    void whatIsBrokenInTheFolderIsPutAsideAndTheOldFileIsBack() throws Exception {
        Path file = server.folder().resolve("up.jar");
        version("1.0.0").into(file);
        server.awaits(ID, Plugin.PluginState.ACTIVE);
        byte[] good = Files.readAllBytes(file);
        List<byte[]> bad = List.of(
                "no zip at all".getBytes(StandardCharsets.UTF_8),
                version("2.0.0").header("Export-Package", "com.acme").bytes(),
                version("2.0.0").header("Import-Package", "com.acme.lib").bytes(),
                version("1.0.0")
                        .header("Bundle-Activator", Throwing.class.getName())
                        .code(Throwing.class)
                        .bytes());
        for (byte[] content : bad) {
            Files.deleteIfExists(server.folder().resolve("up.jar.refused"));
            Files.write(file, content);
            server.await(() -> Files.exists(server.folder().resolve("up.jar.refused")), "not put aside");
            server.await(() -> server.isUsed(ID, "1.0.0"), "the old one is gone");
            assertThat(server.folder().resolve("up.jar.refused")).hasBinaryContent(content);
            server.await(() -> has(file, good), "the old content is not back");
        }
        server = server.restarted();
        server.await(() -> server.isUsed(ID, "1.0.0"), "it does not come back");
    }

    @Test
    void anUpgradeInterruptedByTheEndOfTheServerIsRolledBack() throws Exception {
        server.upload(version("1.0.0"));
        server.settings(Settings.provingFor(60));
        server.context()
                .registerService(
                        StrategyControl.class,
                        new Counting("9.9.9", 0, new AtomicReference<>(StrategyControl.State.USED)),
                        null);
        Operation operation = server.desk()
                .upgrade(ID, server.temporary(version("2.0.0").bytes()), "x.jar", false, RequestOrigin.INTERNAL);
        server.await(() -> server.isUsed(ID, "2.0.0"), "it does not switch");
        // the process dies: only what is on the disk counts
        Path copy = Files.createDirectories(data.resolveSibling("copy-" + System.nanoTime()));
        copyFolder(server.folder(), copy.resolve("plugins"));
        try (Server other = Server.start(copy)) {
            other.await(() -> other.isUsed(ID, "1.0.0"), "the old one does not come back");
            assertThat(other.desk().versions(ID)).extracting(Plugin::version).containsExactly("1.0.0");
            assertThat(other.folder().resolve(ID + "-2.0.0.jar")).doesNotExist();
        }
        assertThat(server.operations.find(operation.id()).orElseThrow().state()).isEqualTo(Operation.State.RUNNING);
    }

    @Test
    void openOperationsOfAFormerProcessAreEnded() throws Exception {
        Operation open =
                UnrecordedOperations.unseen(ID, java.time.Clock.systemUTC()).operation();
        server.operations.save(List.of(open));
        server = server.restarted();
        server.settled(open);
        assertThat(server.operations
                        .find(open.id())
                        .orElseThrow()
                        .error()
                        .orElseThrow()
                        .message())
                .contains("the server ended meanwhile");
    }

    private static boolean has(Path file, byte[] content) {
        try {
            return Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), content);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static void copyFolder(Path from, Path to) throws Exception {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Counts decisions and faults of one version. */
    private record Counting(String version, long faults, AtomicReference<StrategyControl.State> state)
            implements StrategyControl {
        @Override
        public List<StrategyStatus> standings(CallContext call) {
            return List.of(new StrategyStatus(
                    new StrategyRef("placement", ID, version),
                    ID,
                    version,
                    state.get(),
                    "too many faults",
                    Instant.EPOCH,
                    25,
                    25,
                    faults,
                    List.of(new TimedFault(Instant.EPOCH, new StrategyFault(ID, "exception", "boom"))),
                    Optional.empty(),
                    0));
        }

        @Override
        public StrategyStatus eject(StrategyRef ref, String why, CallContext call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StrategyStatus letIn(StrategyRef ref, CallContext call) {
            throw new UnsupportedOperationException();
        }
    }

    /** Never finds a thread. */
    private static final class CrowdedReplay implements ReplayService {

        private final AtomicReference<String> cancelled = new AtomicReference<>("");
        private final Replay running = crowded();

        private static Replay crowded() {
            ReplayRequest any = new ReplayRequest(
                    Instant.EPOCH,
                    Instant.EPOCH.plusSeconds(1),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    1);
            return new Replay(
                    "r",
                    any,
                    "running",
                    "It waits",
                    0,
                    0,
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    Instant.EPOCH,
                    Optional.empty());
        }

        @Override
        public Replay begin(ReplayRequest question, CallContext call) {
            return running;
        }

        @Override
        public List<Replay> replays(CallContext call) {
            return List.of(running);
        }

        @Override
        public Optional<Replay> find(String id, CallContext call) {
            return Optional.of(running);
        }

        @Override
        public void cancel(String id, CallContext call) {
            cancelled.set(id);
        }
    }

    /** Three of twenty decisions end in a fault. */
    private static final class OneReplay implements ReplayService {
        private static Replay replay(ReplayRequest question, String state) {
            return new Replay(
                    "r",
                    question,
                    state,
                    "",
                    20,
                    17,
                    17,
                    List.of(),
                    List.of(
                            new ReplayDifference("mine", "p/g", "a → c1", "no answer: boom"),
                            new ReplayDifference("another's", "p/g", "a → c1", "no answer: cannot do levels"),
                            new ReplayDifference("mine", "p/g", "a → c1", "a → c2")),
                    List.of(),
                    Instant.EPOCH,
                    Optional.empty());
        }

        private volatile ReplayRequest asked;

        @Override
        public Replay begin(ReplayRequest question, CallContext call) {
            asked = question;
            assertThat(question.strategy()).contains(ID);
            assertThat(question.version()).contains("2.0.0");
            return replay(question, "running");
        }

        @Override
        public List<Replay> replays(CallContext call) {
            return List.of();
        }

        @Override
        public void cancel(String id, CallContext call) {
            throw new AssertionError("It has ended by itself");
        }

        @Override
        public Optional<Replay> find(String id, CallContext call) {
            return Optional.of(replay(asked, "done"));
        }
    }
}
