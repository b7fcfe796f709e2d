// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.plugins.SharedStore.Side;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several servers and one store: what the owner does the standby has, and a moment before the end of the owner, too. */
class PluginStoreSyncTest {

    @TempDir
    Path root;

    private final SharedStore store = new SharedStore(true);
    private final Server.Operations operations = new Server.Operations();
    private final List<Server> servers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Server server : servers) {
            server.close();
        }
    }

    /** A server on its own folder, and the one database of operations. */
    private Server server(String name) throws Exception {
        Server server = Server.beside(root.resolve(name), operations).open();
        servers.add(server);
        return server;
    }

    private Server owner(String name) throws Exception {
        Server server = server(name);
        store.owner(server);
        return server;
    }

    /** The immediate answer to an installation. */
    private static Operation begun(Server server, String id) throws IOException {
        Path file = server.temporary(Jar.plugin(id, "1.0.0").bytes());
        return server.desk().install(file, "upload.jar", InstallSource.REST, RequestOrigin.INTERNAL);
    }

    private long revision() {
        return store.list.map(InstalledPlugins::revision).orElse(0L);
    }

    private boolean has(String id) {
        return store.list
                .filter(list -> list.list().toJson().contains("\"id\":\"" + id + "\""))
                .isPresent();
    }

    private static void erase(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }

    @Test
    void aStandbyHasWhatTheOwnerInstallsUpgradesStopsAndRemovesAndWritesNothing() throws Exception {
        Server owner = owner("a");
        Server standby = server("b");
        Side side = store.standby(standby);
        owner.upload(Jar.plugin("acme.one", "1.0.0"));
        owner.upload(Jar.plugin("acme.two", "1.0.0"));
        standby.await(
                () -> standby.isUsed("acme.one", "1.0.0") && standby.isUsed("acme.two", "1.0.0"), "they do not come");
        assertThat(standby.awaits("acme.one", PluginState.ACTIVE).installSource())
                .isEqualTo(InstallSource.REST);
        owner.upgrade("acme.one", Jar.plugin("acme.one", "2.0.0"), false);
        standby.await(() -> standby.isUsed("acme.one", "2.0.0"), "the upgrade does not come");
        standby.await(() -> standby.bundle("acme.one", "1.0.0").isEmpty(), "the old version does not go");
        owner.desk().stop("acme.two", Optional.empty(), false, RequestOrigin.INTERNAL);
        standby.awaits("acme.two", PluginState.STOPPED);
        assertThat(standby.bundle("acme.two", "1.0.0")).isEmpty();
        owner.desk().start("acme.two", Optional.empty(), RequestOrigin.INTERNAL);
        standby.await(() -> standby.isUsed("acme.two", "1.0.0"), "it does not start");
        owner.remove("acme.one", false);
        standby.awaitGone("acme.one");
        assertThat(standby.folder().resolve("acme.two-1.0.0.jar")).exists();
        assertThat(standby.folder().resolve("acme.one-2.0.0.jar")).doesNotExist();
        assertThat(store.contents).as("what runs, and what was replaced").hasSize(2);
        assertThat(side.refused.get()).as("writes that were tried").isZero();
    }

    @Test
    void aStandbyKnowsSignersAndRevocationsOfTheOwner() throws Exception {
        Server owner = owner("a");
        Server standby = server("b");
        store.standby(standby);
        TestKeys keys = new TestKeys(Files.createDirectories(root.resolve("keys")));
        keys.make("acme", "-validity", "10");
        PluginSigner signer =
                owner.signers().trust("acme", Optional.of(PluginSigner.SignerScope.ANYTHING), keys.pem("acme"));
        Path file =
                owner.temporary(keys.signed(Jar.plugin("acme.signed", "1.0.0").bytes(), "acme"));
        owner.settled(owner.desk().install(file, "p.jar", InstallSource.REST, RequestOrigin.INTERNAL));
        standby.await(() -> standby.isUsed("acme.signed", "1.0.0"), "it does not come");
        assertThat(standby.awaits("acme.signed", PluginState.ACTIVE)
                        .artifact()
                        .signer()
                        .orElseThrow())
                .startsWith("acme (");
        owner.signers().revoke("acme", signer.keys().get(0).fingerprint(), "lost", false);
        standby.await(
                () -> standby.warnings().stream().anyMatch(warning -> warning.contains("was revoked at")),
                "it does not hear of the revocation");
        assertThat(standby.signers().signers()).isEqualTo(owner.signers().signers());
    }

    @Test
    void aPluginInstalledAMomentBeforeTheOwnerEndsIsThereAfterTheTakeover() throws Exception {
        Server owner = owner("a");
        Server standby = server("b");
        Side side = store.standby(standby);
        Operation done = owner.upload(Jar.plugin("acme.last", "1.0.0"));
        assertThat(done.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(has("acme.last")).as("before the installation is reported").isTrue();
        owner.close();
        Operation open = open("half");
        long before = revision();
        side.takesOver();
        Operation ended = standby.settled(open);
        assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
        assertThat(ended.message()).contains("the server ended meanwhile");
        assertThat(operations.find(done.id()).orElseThrow().state()).isEqualTo(Operation.State.SUCCEEDED);
        standby.await(() -> standby.isUsed("acme.last", "1.0.0"), "it is not there");
        assertThat(revision()).as("it is its list now").isEqualTo(before + 1);
        assertThat(standby.upload(Jar.plugin("acme.next", "1.0.0")).state()).isEqualTo(Operation.State.SUCCEEDED);
        Server again = server("a");
        store.standby(again);
        again.await(() -> again.isUsed("acme.next", "1.0.0"), "the former owner does not follow");
    }

    @Test
    void noOperationSucceedsWhileTheStoreIsUnavailable() throws Exception {
        Server owner = owner("a");
        owner.upload(Jar.plugin("acme.before", "1.0.0"));
        store.away = true;
        Operation installed = begun(owner, "acme.one");
        owner.awaits("acme.one", PluginState.ACTIVE);
        Operation again = begun(owner, "acme.one");
        Operation removed = owner.desk().remove("acme.before", Optional.empty(), false, RequestOrigin.INTERNAL);
        for (Operation operation : List.of(installed, again, removed)) {
            assertThat(operation.state().isFinal()).as(operation.toString()).isFalse();
        }
        assertThat(has("acme.one")).isFalse();
        store.away = false;
        for (Operation operation : List.of(installed, again, removed)) {
            assertThat(owner.settled(operation).state()).isEqualTo(Operation.State.SUCCEEDED);
        }
        assertThat(has("acme.one")).isTrue();
        assertThat(has("acme.before")).isFalse();
    }

    @Test
    void noOperationSucceedsBeforeAStoreThatHasJustComeHasThePlugin() throws Exception {
        Server server = Server.beside(root.resolve("a"), operations);
        servers.add(server);
        AtomicBoolean slow = new AtomicBoolean();
        server.settings(() -> slow.get() ? Server.lookingEvery(Duration.ofSeconds(1)) : Server.SETTINGS);
        server.open();
        server.awaitPolls();
        slow.set(true);
        server.awaitPoll();
        store.owner(server);
        assertThat(server.upload(Jar.plugin("acme.one", "1.0.0")).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(has("acme.one")).isTrue();
        assertThat(store.contents).hasSize(1);
    }

    @Test
    void openOperationsEndWithEachTakeover() throws Exception {
        Operation before = open("before");
        Server server = server("b");
        server.settled(before);
        Side side = store.standby(server);
        Operation first = open("first");
        side.takesOver();
        assertThat(server.settled(first).state()).isEqualTo(Operation.State.FAILED);
    }

    /** One that another process has begun. */
    private Operation open(String id) {
        Operation begun =
                UnrecordedOperations.unseen("acme.half", Clock.systemUTC()).operation();
        Operation open = new Operation(
                id,
                begun.kind(),
                begun.target(),
                begun.state(),
                begun.generation(),
                begun.wish(),
                begun.origin(),
                begun.times(),
                begun.steps(),
                begun.stages(),
                begun.error(),
                begun.message());
        operations.save(List.of(open));
        return open;
    }

    @Test
    void theOwnersOpenOperationsAreNotEndedByAStandby() throws Exception {
        Operation former = open("former");
        Server owner = Server.beside(root.resolve("a"), operations);
        servers.add(owner);
        // what it finds when it begins it ends once, as the owner
        store.owner(owner);
        owner.open();
        owner.upload(Jar.plugin("acme.one", "1.0.0"));
        owner.settled(former);
        Operation open = open("open");
        Server standby = Server.beside(root.resolve("b"), operations);
        servers.add(standby);
        store.standby(standby);
        standby.open();
        standby.awaits("acme.one", PluginState.ACTIVE);
        // open operations are read again once a second
        long begun = System.nanoTime();
        Await.until("the standby has read them again", () -> System.nanoTime() - begun > 1_500_000_000L);
        assertThat(operations.find(open.id()).orElseThrow().state()).isEqualTo(Operation.State.RUNNING);
    }

    @Test
    void aFileInTheFolderOfAStandbyWaitsUntilItIsTheOwner() throws Exception {
        owner("a").upload(Jar.plugin("acme.one", "1.0.0"));
        Server standby = server("b");
        Side side = store.standby(standby);
        standby.awaits("acme.one", PluginState.ACTIVE);
        Jar.plugin("acme.dropped", "1.0.0").into(standby.folder().resolve("dropped.jar"));
        Plugin waiting = standby.awaits("acme.dropped", PluginState.REFUSED);
        assertThat(waiting.why()).contains("this server stands by");
        assertThat(Server.hasRun("acme.dropped")).isFalse();
        assertThat(standby.warnings()).anySatisfy(warning -> assertThat(warning).contains("dropped.jar"));
        side.takesOver();
        standby.await(() -> standby.isUsed("acme.dropped", "1.0.0"), "it is not installed");
        standby.await(() -> has("acme.dropped"), "it is not in the store");
        assertThat(standby.desk().versions("acme.dropped")).hasSize(1);
        standby.await(() -> standby.warnings().isEmpty(), "it warns on");
    }

    @Test
    void whatRanFromTheFolderBeforeItWasKnownWhoseTurnItIsIsTakenOutOfAStandby() throws Exception {
        owner("a").upload(Jar.plugin("acme.one", "1.0.0"));
        Server standby = server("b");
        Jar.plugin("acme.early", "1.0.0").into(standby.folder().resolve("early.jar"));
        standby.await(() -> standby.isUsed("acme.early", "1.0.0"), "it is not installed");
        store.standby(standby);
        standby.awaits("acme.early", PluginState.REFUSED);
        standby.await(() -> standby.bundle("acme.early", "1.0.0").isEmpty(), "it runs on");
        assertThat(standby.folder().resolve("early.jar")).as("it is somebody's").exists();
        assertThat(has("acme.early")).isFalse();
    }

    @Test
    void aFormerOwnerAsksBeforeItTakesWhatLiesInItsFolder() throws Exception {
        Server owner = owner("a");
        owner.upload(Jar.plugin("acme.one", "1.0.0"));
        owner.close();
        Jar.plugin("acme.late", "1.0.0").into(owner.folder().resolve("late.jar"));
        Server again = server("a");
        again.await(() -> again.isUsed("acme.one", "1.0.0"), "what was there comes back without the database");
        again.awaitPolls();
        assertThat(again.desk().versions("acme.late")).isEmpty();
        store.owner(again);
        again.await(() -> again.isUsed("acme.late", "1.0.0"), "it is not installed");
    }

    @Test
    void whereAnotherServerHasWrittenTheStoreDecidesAndWhereNobodyHasTheFolder() throws Exception {
        Server first = owner("a");
        first.upload(Jar.plugin("acme.one", "1.0.0"));
        first.upload(Jar.plugin("acme.two", "1.0.0"));
        first.close();
        Server second = owner("b");
        second.await(() -> second.isUsed("acme.two", "1.0.0"), "the store is not followed");
        second.remove("acme.two", false);
        second.upgrade("acme.one", Jar.plugin("acme.one", "2.0.0"), false);
        second.close();
        String writer = store.list.orElseThrow().writer();
        Server again = owner("a");
        again.await(() -> again.isUsed("acme.one", "2.0.0"), "the store does not decide");
        again.await(
                () -> again.bundle("acme.two", "1.0.0").isEmpty()
                        && again.bundle("acme.one", "1.0.0").isEmpty(),
                "what is not in the store stays");
        assertThat(again.folder().resolve("acme.two-1.0.0.jar")).doesNotExist();
        again.await(() -> !store.list.orElseThrow().writer().equals(writer), "it does not make the list its own");
        again.close();
        Files.delete(again.folder().resolve("acme.one-2.0.0.jar"));
        Server alone = owner("a");
        alone.await(() -> !has("acme.one"), "a file that is deleted takes its plugin along");
        assertThat(alone.desk().versions("acme.one")).isEmpty();
        assertThat(store.contents).as("what was replaced by an upgrade").hasSize(1);
    }

    @Test
    void theFolderIsACacheWhenAllOfItIsLost() throws Exception {
        SharedStore own = new SharedStore(false);
        Server server = server("a");
        own.owner(server);
        server.upload(Jar.plugin("acme.one", "1.0.0"));
        Jar.plugin("acme.folder", "1.0.0").into(server.folder().resolve("mine.jar"));
        server.awaits("acme.folder", PluginState.ACTIVE);
        server.desk().stop("acme.folder", Optional.empty(), false, RequestOrigin.INTERNAL);
        server.close();
        erase(server.folder());
        Server again = server("a");
        own.owner(again);
        again.await(() -> again.isUsed("acme.one", "1.0.0"), "it does not come back");
        again.awaits("acme.folder", PluginState.STOPPED);
        assertThat(again.folder().resolve("mine.jar")).exists();
        assertThat(again.desk()
                        .start("acme.folder", Optional.empty(), RequestOrigin.INTERNAL)
                        .state())
                .isEqualTo(PluginState.ACTIVE);
    }

    @Test
    void whatLayInTheFolderBeforeThereWasAStoreForItEntersTheStore() throws Exception {
        Server before = server("a");
        before.upload(Jar.plugin("acme.one", "1.0.0"));
        before.close();
        Server now = owner("a");
        now.await(() -> has("acme.one"), "it is not in the store");
        assertThat(store.contents).hasSize(1);
        now.await(() -> now.isUsed("acme.one", "1.0.0"), "it does not come back");
    }

    @Test
    void anUnavailableStoreDelaysTheSuccessOfAnInstallationAndNotThePlugin() throws Exception {
        Server owner = owner("a");
        owner.upload(Jar.plugin("acme.one", "1.0.0"));
        store.away = true;
        Operation begun = begun(owner, "acme.two");
        owner.await(() -> owner.isUsed("acme.two", "1.0.0"), "it does not come in");
        owner.awaitPolls();
        assertThat(operations.find(begun.id()).orElseThrow().state().isFinal()).isFalse();
        assertThat(has("acme.two")).isFalse();
        assertThat(owner.warnings()).anySatisfy(warning -> assertThat(warning).contains("not in the store"));
        store.away = false;
        assertThat(owner.settled(begun).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(has("acme.two")).isTrue();
        owner.await(() -> owner.warnings().isEmpty(), "it warns on");
    }

    @Test
    void whatIsOnTheDiskAndNotInTheStoreWhenTheOwnerIsKilledIsThereAfterItsStart() throws Exception {
        Server owner = owner("a");
        owner.upload(Jar.plugin("acme.one", "1.0.0"));
        store.away = true;
        begun(owner, "acme.two");
        owner.await(
                () -> owner.desk().versions("acme.two").stream().anyMatch(it -> it.state() == PluginState.ACTIVE),
                "it does not come in");
        owner.close();
        store.away = false;
        Server again = owner("a");
        again.await(() -> again.isUsed("acme.two", "1.0.0"), "it does not come back");
        again.await(() -> has("acme.two"), "it is not in the store");
        assertThat(has("acme.one")).isTrue();
    }

    @Test
    void aDamagedContentIsReportedAndNotUsedAndMendedWhereItIsAtHand() throws Exception {
        Server owner = owner("a");
        owner.upload(Jar.plugin("acme.one", "1.0.0"));
        String digest = store.contents.keySet().iterator().next();
        byte[] whole = store.contents.put(digest, new byte[0]);
        Server standby = server("b");
        store.standby(standby);
        Plugin failed = standby.awaits("acme.one", PluginState.FAILED);
        assertThat(failed.why()).contains("damaged");
        assertThat(standby.bundle("acme.one", "1.0.0")).isEmpty();
        assertThat(standby.folder().resolve("acme.one-1.0.0.jar")).doesNotExist();
        standby.await(
                () -> standby.warnings().stream()
                        .anyMatch(warning -> warning.contains("acme.one 1.0.0") && warning.contains("damaged")),
                "nobody warns");
        owner.close();
        Server again = owner("a");
        again.await(() -> store.contents.get(digest).length == whole.length, "it is not mended");
        standby.await(
                () -> standby.isUsed("acme.one", "1.0.0")
                        && standby.desk().versions("acme.one").size() == 1,
                "the standby does not take what is whole again");
    }

    @Test
    void anInterruptedUpgradeFromTheFolderIsRolledBackOnWhicheverServer() throws Exception {
        Server owner = owner("a");
        Jar.plugin("acme.up", "1.0.0").into(owner.folder().resolve("up.jar"));
        owner.await(() -> has("acme.up"), "it is not in the store");
        CountDownLatch proven = new CountDownLatch(1);
        owner.settings(() -> onTrial(owner, proven));
        Jar.plugin("acme.up", "2.0.0").into(owner.folder().resolve("up.jar"));
        owner.await(() -> owner.isUsed("acme.up", "2.0.0"), "it does not take over");
        Server standby = server("b");
        Side side = store.standby(standby);
        standby.await(() -> standby.isUsed("acme.up", "1.0.0"), "what counts is not there");
        side.takesOver();
        assertThat(standby.upload(Jar.plugin("acme.next", "1.0.0")).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(standby.bundle("acme.up", "2.0.0")).isEmpty();
        assertThat(standby.isUsed("acme.up", "1.0.0")).isTrue();
        proven.countDown();
    }

    /** The thread that changes plugins stays where it reads how long the new version is to be watched. */
    private static PluginSettings onTrial(Server owner, CountDownLatch proven) {
        boolean trial = Thread.currentThread().getName().equals("smo-plugins") && owner.isUsed("acme.up", "2.0.0");
        try {
            assertThat(!trial || proven.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return Server.SETTINGS;
    }

    @Test
    void theWayBackIsThereAfterATakeover() throws Exception {
        Server owner = owner("a");
        owner.upload(Jar.plugin("acme.back", "1.0.0"));
        owner.upgrade("acme.back", Jar.plugin("acme.back", "2.0.0"), false);
        owner.upgrade("acme.back", Jar.plugin("acme.back", "3.0.0"), false);
        Server standby = server("b");
        Side side = store.standby(standby);
        standby.await(() -> standby.isUsed("acme.back", "3.0.0"), "it is not followed");
        Path replaced = standby.folder().resolve(".replaced");
        standby.await(
                () -> Files.exists(replaced.resolve("acme.back~2.0.0.jar"))
                        && Files.exists(replaced.resolve("acme.back~1.0.0.jar")),
                "what was replaced is not kept");
        owner.close();
        side.takesOver();
        standby.await(() -> standby.desk().plugins().size() == 1 && side.refused.get() == 0, "no turn");
        Operation back = standby.settled(standby.desk().rollback("acme.back", false, RequestOrigin.INTERNAL));
        assertThat(back.state()).as(back.message()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(standby.isUsed("acme.back", "2.0.0"))
                .as("the one that went last")
                .isTrue();
        assertThat(has("acme.back")).isTrue();
    }

    @Test
    void aFormerOwnerThatGetsItsTurnBackBeforeAnybodyHasWrittenTakesWhatWaits() throws Exception {
        Server owner = owner("a");
        owner.upload(Jar.plugin("acme.one", "1.0.0"));
        owner.close();
        Server again = server("a");
        Side side = store.standby(again);
        again.await(() -> again.isUsed("acme.one", "1.0.0"), "it does not come back");
        Jar.plugin("acme.dropped", "1.0.0").into(again.folder().resolve("dropped.jar"));
        again.awaits("acme.dropped", PluginState.REFUSED);
        side.takesOver();
        again.await(() -> again.isUsed("acme.dropped", "1.0.0"), "it is not installed");
        again.await(() -> again.desk().versions("acme.dropped").size() == 1, "it is still said to wait");
        assertThat(again.warnings()).isEmpty();
    }
}
