// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.samples.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Doors, life and end of plugins that are as they should be. */
class InstallTest {

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

    @Test
    @EnabledForJreRange(max = JRE.JAVA_18, disabledReason = "later ones collect groups without threads themselves")
    void theGroupOfItsThreadsGoesWithAPlugin() throws Exception {
        server.upload(Jar.plugin("acme.grouped", "1.0.0"));
        String group = "smo-bundle-"
                + server.bundle("acme.grouped", "1.0.0").orElseThrow().getBundleId();
        assertThat(groups()).contains(group);
        server.remove("acme.grouped", true);
        server.await(() -> !groups().contains(group), "its group of threads stays");
    }

    private static List<String> groups() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() * 2 + 16];
        root.enumerate(groups);
        return Arrays.stream(groups)
                .filter(Objects::nonNull)
                .map(ThreadGroup::getName)
                .toList();
    }

    @Test
    void aFilePutIntoTheFolderIsUsed() throws Exception {
        Jar.plugin("acme.folder", "1.0.0").into(server.folder().resolve("any-name.jar"));
        Plugin plugin = server.awaits("acme.folder", PluginState.ACTIVE);
        assertThat(plugin.installSource()).isEqualTo(InstallSource.FOLDER);
        assertThat(plugin.artifact().file()).isEqualTo("any-name.jar");
        assertThat(plugin.services()).containsExactly(new OfferedService("placement", "acme.folder", "1.0.0"));
        assertThat(plugin.imports()).contains("eu.nephele.smo.api.placement [0.1.0,1.0.0)");
        assertThat(server.isUsed("acme.folder", "1.0.0")).isTrue();
        assertThat(server.bundle("acme.folder", "1.0.0").orElseThrow().getLocation())
                .isEqualTo("smo-plugin:any-name.jar");
    }

    @Test
    void anUploadIsAnOperationWithSteps() throws Exception {
        Operation operation = server.upload(Jar.plugin("acme.upload", "1.2.0"));
        assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(operation.plugin()).contains("acme.upload");
        assertThat(operation.steps())
                .extracting(Operation.Step::action)
                .containsExactly(Action.ADMIT, Action.START, Action.EXAMINE, Action.SWITCH);
        assertThat(server.folder().resolve("acme.upload-1.2.0.jar")).exists();
        assertThat(server.isUsed("acme.upload", "1.2.0")).isTrue();
        assertThat(data.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void theSameUploadAgainIsAReplayAndOtherContentAConflict() throws Exception {
        server.upload(Jar.plugin("acme.again", "1.0.0"));
        Operation again = server.upload(Jar.plugin("acme.again", "1.0.0"));
        assertThat(again.message()).contains("installed already");
        assertThatThrownBy(() -> server.upload(Jar.plugin("acme.again", "1.0.0").entry("other.txt", "other")))
                .isInstanceOf(SmoException.class)
                .hasMessageContaining("other content")
                .hasMessageContaining("another Bundle-Version");
        assertThat(server.isUsed("acme.again", "1.0.0")).isTrue();
        assertThat(data.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aRepetitionOfARequestAnswersWithItsOperation() throws Exception {
        RequestOrigin origin = new RequestOrigin("me", "", Optional.of(new RequestOrigin.IdempotencyKey("k", "f")));
        Operation first = server.upload(Jar.plugin("acme.key", "1.0.0"), origin);
        assertThat(server.upload(Jar.plugin("acme.key", "1.0.0"), origin).id()).isEqualTo(first.id());
        RequestOrigin other = new RequestOrigin("me", "", Optional.of(new RequestOrigin.IdempotencyKey("k", "g")));
        assertThatThrownBy(() -> server.upload(Jar.plugin("acme.key", "2.0.0"), other))
                .hasMessageContaining("belongs to another request");
    }

    @Test
    void manyUploadsAtOnceComeInOneAfterTheOther() {
        List<CompletableFuture<Operation>> uploads = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return server.upload(Jar.plugin("acme.many" + i % 3, "1.0.0"));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .toList();
        long succeeded = uploads.stream()
                .map(CompletableFuture::join)
                .filter(operation -> operation.state() == Operation.State.SUCCEEDED)
                .count();
        // the second of a pair is a replay, or is refused because the first was under way
        assertThat(succeeded).isGreaterThanOrEqualTo(3);
        IntStream.range(0, 3).forEach(i -> assertThat(server.desk().versions("acme.many" + i))
                .filteredOn(plugin -> plugin.state() == PluginState.ACTIVE)
                .hasSize(1));
    }

    @Test
    void severalVersionsAreThereSideBySide() throws Exception {
        server.upload(Jar.plugin("acme.two", "1.0.0"));
        server.upload(Jar.plugin("acme.two", "1.1.0"));
        assertThat(server.desk().versions("acme.two"))
                .extracting(Plugin::version)
                .containsExactly("1.1.0", "1.0.0");
        server.settled(server.desk().remove("acme.two", Optional.of("1.1.0"), false, RequestOrigin.INTERNAL));
        assertThat(server.desk().versions("acme.two"))
                .extracting(Plugin::version)
                .containsExactly("1.0.0");
    }

    @Test
    void whatIsRemovedLeavesNothing() throws Exception {
        server.upload(Jar.plugin("acme.gone", "1.0.0"));
        assertThat(server.remove("acme.gone", false).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.desk().versions("acme.gone")).isEmpty();
        assertThat(server.bundle("acme.gone", "1.0.0")).isEmpty();
        assertThat(server.folder().resolve("acme.gone-1.0.0.jar")).doesNotExist();
        assertThatThrownBy(() -> server.remove("acme.gone", false)).hasMessageContaining("does not exist");
    }

    @Test
    void aFileTakenOutOfTheFolderTakesThePluginAlong() throws Exception {
        Path file = Jar.plugin("acme.rm", "1.0.0").into(server.folder().resolve("rm.jar"));
        server.awaits("acme.rm", PluginState.ACTIVE);
        Files.delete(file);
        server.awaitGone("acme.rm");
        assertThat(server.bundle("acme.rm", "1.0.0")).isEmpty();
    }

    @Test
    void whatIsStoppedStaysSoUntilItIsStarted() throws Exception {
        server.upload(Jar.plugin("acme.stop", "1.0.0"));
        assertThat(server.desk()
                        .stop("acme.stop", Optional.empty(), false, RequestOrigin.INTERNAL)
                        .state())
                .isEqualTo(PluginState.STOPPED);
        assertThat(server.isUsed("acme.stop", "1.0.0")).isFalse();
        server = server.restarted();
        server.awaits("acme.stop", PluginState.STOPPED);
        assertThat(server.bundle("acme.stop", "1.0.0")).isEmpty();
        server.desk().start("acme.stop", Optional.empty(), RequestOrigin.INTERNAL);
        assertThat(server.isUsed("acme.stop", "1.0.0")).isTrue();
    }

    @Test
    void aNameOfTheProductIsRefusedAndTheReasonSaysHowToCallIt() throws Exception {
        Operation operation = server.upload(Jar.plugin("acme.taker", "1.0.0").header("X-Strategy", "optimal"));
        assertThat(operation.error().orElseThrow().message())
                .contains("offers the placement optimal, a name that belongs to this server", "acme.optimal");
        assertThat(server.desk().versions("acme.taker"))
                .extracting(Plugin::state)
                .containsExactly(PluginState.REFUSED);
        assertThat(server.bundle("acme.taker", "1.0.0")).isEmpty();
    }

    @Test
    void aThreadLeftBehindIsReported() throws Exception {
        System.clearProperty("sample.leak.ends");
        server.upload(Jar.plugin("acme.leak", "1.0.0")
                .header("Bundle-Activator", eu.nephele.smo.core.plugins.samples.Leaking.class.getName())
                .code(eu.nephele.smo.core.plugins.samples.Leaking.class));
        Plugin plugin = server.desk().stop("acme.leak", Optional.empty(), false, RequestOrigin.INTERNAL);
        assertThat(plugin.admission())
                .anySatisfy(finding -> assertThat(finding.detail()).contains("sample-leak"));
        System.setProperty("sample.leak.ends", "true");
    }

    @Test
    void anAdapterThatWaitsForItsConfigurationIsNoFailureAndStartsWhenItComes() throws Exception {
        Operation operation = server.upload(Jar.adapter("acme.vault", Vault.class, "acme.vault.pid"));

        assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED);
        Plugin waiting = server.desk().versions("acme.vault").get(0);
        assertThat(waiting.state()).isEqualTo(PluginState.ACTIVE);
        assertThat(waiting.why()).contains("waits for a configuration of acme.vault.pid");
        assertThat(waiting.services()).isEmpty();

        ConfigurationAdmin admin =
                server.context().getService(server.context().getServiceReference(ConfigurationAdmin.class));
        Configuration configuration = admin.getConfiguration("acme.vault.pid", "?");
        try {
            configuration.update(FrameworkUtil.asDictionary(Map.of("address", "vault:1")));
            server.await(
                    () -> !server.desk()
                            .versions("acme.vault")
                            .get(0)
                            .services()
                            .isEmpty(),
                    "it does not start although its configuration is there");
            assertThat(server.desk().versions("acme.vault").get(0).why()).isEmpty();
        } finally {
            configuration.delete();
            server.remove("acme.vault", false);
        }
    }

    @Test
    void aReleaseBelowItsInstalledSnapshotIsWarnedOf() throws Exception {
        server.upload(Jar.plugin("acme.snap", "1.0.0.SNAPSHOT"));
        server.upload(Jar.plugin("acme.snap", "1.0.0"));

        assertThat(server.desk().versions("acme.snap"))
                .filteredOn(plugin -> plugin.version().equals("1.0.0"))
                .singleElement()
                .satisfies(release -> assertThat(release.admission()).anySatisfy(finding -> assertThat(finding.detail())
                        .contains("1.0.0 sorts below 1.0.0.SNAPSHOT", "release as 1.0.1")));
        server.remove("acme.snap", true);
    }

    @Test
    void whatHasFailedIsForgottenAndWhatIsInstalledIsNot() throws Exception {
        server.upload(Jar.plugin("acme.forget", "1.0.0"));
        server.upload(Jar.empty("acme.forget", "2.0.0"));
        assertThat(server.desk().versions("acme.forget"))
                .extracting(Plugin::version)
                .containsExactly("2.0.0", "1.0.0");

        server.desk().forget("acme.forget", Optional.empty());

        assertThat(server.desk().versions("acme.forget"))
                .extracting(Plugin::version)
                .containsExactly("1.0.0");
        assertThatThrownBy(() -> server.desk().forget("acme.forget", Optional.empty()))
                .isInstanceOf(SmoException.class)
                .hasMessageContaining("no refused or failed version");
        server.remove("acme.forget", true);
    }
}
