// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Changes by an operator in the web console or in Gogo, as the framework sees them. */
class ConsoleTest {

    private static final String ID = "acme.console";

    @TempDir
    Path data;

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(data);
        // the bundle listens from then on
        Jar.plugin("acme.first", "1.0.0").into(server.folder().resolve("first.jar"));
        server.awaits("acme.first", PluginState.ACTIVE);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Bundle install(Jar jar) throws Exception {
        return server.install("inputstream:somewhere.jar", server.temporary(jar.bytes()));
    }

    @Test
    void whatIsInstalledAndStartedThereIsAPlugin() throws Exception {
        Bundle bundle = install(Jar.plugin(ID, "1.0.0"));
        Plugin admitted = server.awaits(ID, PluginState.STOPPED);
        assertThat(admitted.installSource()).isEqualTo(InstallSource.CONSOLE);
        assertThat(admitted.why()).contains("not started");
        bundle.start();
        server.awaits(ID, PluginState.ACTIVE);
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
        assertThat(server.folder().resolve("acme.console-1.0.0.jar")).exists();
        server = server.restarted();
        server.await(() -> server.isUsed(ID, "1.0.0"), "it does not come back");
    }

    @Test
    void whatIsStoppedThereStaysStopped() throws Exception {
        Bundle bundle = install(Jar.plugin(ID, "1.0.0"));
        bundle.start();
        server.awaits(ID, PluginState.ACTIVE);
        bundle.stop();
        assertThat(server.awaits(ID, PluginState.STOPPED).why()).contains("console");
        assertThat(server.isUsed(ID, "1.0.0")).isFalse();
        bundle.start();
        server.awaits(ID, PluginState.ACTIVE);
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
    }

    @Test
    void aPluginOfTheFolderCanBeStoppedThereToo() throws Exception {
        server.bundle("acme.first", "1.0.0").orElseThrow().stop();
        server.awaits("acme.first", PluginState.STOPPED);
        server = server.restarted();
        server.awaits("acme.first", PluginState.STOPPED);
        assertThat(server.bundle("acme.first", "1.0.0")).isEmpty();
    }

    @Test
    void whatIsUninstalledThereIsGone() throws Exception {
        Bundle bundle = install(Jar.plugin(ID, "1.0.0"));
        bundle.start();
        server.awaits(ID, PluginState.ACTIVE);
        bundle.uninstall();
        server.awaitGone(ID);
        assertThat(server.folder().resolve("acme.console-1.0.0.jar")).doesNotExist();
    }

    @Test
    void whatIsRefusedCannotBeStarted() throws Exception {
        Bundle bundle = install(Jar.plugin("bad.console", "1.0.0").header("Export-Package", "com.acme"));
        assertThat(server.awaits("bad.console", PluginState.REFUSED).why()).contains("exports com.acme");
        assertThatThrownBy(bundle::start).isInstanceOf(BundleException.class);
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
        assertThat(Server.hasRun("bad.console")).isFalse();
    }

    @Test
    void whatCameWhileNobodyWasThereIsAdmittedLater() throws Exception {
        server.roomGoes();
        install(Jar.plugin("bad.away", "1.0.0").header("Fragment-Host", "").header("DynamicImport-Package", "*"));
        server.open();
        assertThat(server.awaits("bad.away", PluginState.REFUSED).why()).contains("imports dynamically");
    }

    private void update(Bundle bundle, Jar jar) throws Exception {
        try (var in = java.nio.file.Files.newInputStream(server.temporary(jar.bytes()))) {
            bundle.update(in);
        }
    }

    @Test
    void newContentIsAdmittedBeforeAnyOfItRuns() throws Exception {
        Bundle bundle = install(Jar.plugin(ID, "1.0.0"));
        bundle.start();
        server.awaits(ID, PluginState.ACTIVE);
        update(bundle, Jar.plugin(ID, "1.1.0"));
        server.await(() -> server.isUsed(ID, "1.1.0"), "it is not used");
        assertThat(server.desk().versions(ID)).extracting(Plugin::version).containsExactly("1.1.0");
        assertThatThrownBy(() -> update(bundle, Jar.plugin(ID, "1.2.0").header("DynamicImport-Package", "*")))
                .isInstanceOf(BundleException.class);
        assertThat(server.awaits(ID, PluginState.REFUSED).version()).isEqualTo("1.2.0");
        assertThat(server.isUsed(ID, "1.2.0")).isFalse();
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void aPluginGoesOnWhileTheBundleIsExchanged() throws Exception {
        Bundle bundle = server.bundle("acme.first", "1.0.0").orElseThrow();
        server.roomAgain();
        server.await(() -> server.isUsed("acme.first", "1.0.0"), "it is not used any more");
        assertThat(server.bundle("acme.first", "1.0.0")).contains(bundle);
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
    }
}
