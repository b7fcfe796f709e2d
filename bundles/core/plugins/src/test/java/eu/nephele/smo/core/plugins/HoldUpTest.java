// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.plugins.samples.Busy;
import eu.nephele.smo.core.plugins.samples.Endless;
import eu.nephele.smo.core.plugins.samples.WaitingActivator;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A plugin that does not start holds up neither others nor the one that it is to replace. */
class HoldUpTest {

    private static final String ID = "acme.held";

    @TempDir
    Path data;

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(data);
    }

    @AfterEach
    void stop() throws Exception {
        System.setProperty("sample.endless.ends", "true");
        System.setProperty("sample.go", "true");
        server.close();
    }

    @Test
    void anEndlessConstructorIsGivenUpAndTheNextPluginComesIn() throws Exception {
        System.clearProperty("sample.endless.ends");
        Operation endless = server.upload(Jar.component("bad.endless", Endless.class, ""));
        assertThat(endless.error().orElseThrow().message()).contains("its activation did not end within");
        assertThat(server.upload(Jar.plugin("acme.next", "1.0.0")).state()).isEqualTo(Operation.State.SUCCEEDED);
        System.setProperty("sample.endless.ends", "true");
        server.await(() -> server.bundle("bad.endless", "1.0.0").isEmpty(), "it stays in the framework");
        assertThat(server.upload(Jar.plugin("bad.endless", "1.0.0")).state())
                .as("a mended one of the same version")
                .isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void aMendedVersionComesInWhileTheStuckOneIsStillThere() throws Exception {
        System.clearProperty("sample.endless.ends");
        Jar stuck = Jar.component("bad.endless", Endless.class, "");
        server.upload(stuck);
        Bundle held = server.bundle("bad.endless", "1.0.0").orElseThrow();
        assertThat(server.upload(Jar.plugin("bad.endless", "1.0.0")).state()).isEqualTo(Operation.State.SUCCEEDED);
        System.setProperty("sample.endless.ends", "true");
        server.await(() -> held.getState() == Bundle.UNINSTALLED, "it stays in the framework");
    }

    @Test
    void threadsOfAPluginThatFailsAreEnded() throws Exception {
        server.upload(Jar.plugin("bad.busy", "1.0.0")
                .header("Bundle-Activator", Busy.class.getName())
                .code(Busy.class));
        server.await(
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("sample-busy")),
                "its thread stays");
    }

    @Test
    void theReplacedContentDecidesUntilItsSuccessorDoes() throws Exception {
        System.clearProperty("sample.go");
        System.clearProperty("sample.waits");
        Path file = server.folder().resolve("held.jar");
        Jar.plugin(ID, "1.0.0").into(file);
        server.awaits(ID, Plugin.PluginState.ACTIVE);
        Bundle old = server.bundle(ID, "1.0.0").orElseThrow();
        Jar.plugin(ID, "1.0.0")
                .header("Bundle-Activator", WaitingActivator.class.getName())
                .code(WaitingActivator.class)
                .into(file);
        server.await(() -> Boolean.getBoolean("sample.waits"), "the successor does not start");
        assertThat(old.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(server.gate().open(old.getBundleId())).isTrue();
        System.setProperty("sample.go", "true");
        server.await(() -> old.getState() == Bundle.UNINSTALLED, "the replaced content stays");
        server.await(() -> server.isUsed(ID, "1.0.0"), "the successor is not used");
    }

    @Test
    void theReplacedContentGoesOnWhereItsSuccessorFails() throws Exception {
        Path file = server.folder().resolve("held.jar");
        Jar.plugin(ID, "1.0.0").into(file);
        server.awaits(ID, Plugin.PluginState.ACTIVE);
        Bundle old = server.bundle(ID, "1.0.0").orElseThrow();
        Jar.plugin(ID, "1.0.0")
                .header("Bundle-Activator", Busy.class.getName())
                .code(Busy.class)
                .into(file);
        server.await(() -> server.folder().resolve("held.jar.refused").toFile().exists(), "not put aside");
        server.await(
                () -> server.desk().versions(ID).stream()
                        .anyMatch(plugin -> plugin.state() == Plugin.PluginState.ACTIVE),
                "it is not shown as used");
        assertThat(old.getState()).as("it was never stopped").isEqualTo(Bundle.ACTIVE);
        assertThat(server.gate().open(old.getBundleId())).isTrue();
    }
}
