// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies.Activation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A version that an upgrade has replaced comes back for a while, and decides nothing. */
class ReplacedStrategyActivatorTest {

    private static final String ID = "acme.up";
    private static final StrategyRef FORMER = new StrategyRef(StrategyRef.PLACEMENT, ID, "1.0.0");

    @TempDir
    Path data;

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(data);
        server.upload(Jar.plugin(ID, "1.0.0"));
        server.upgrade(ID, Jar.plugin(ID, "2.0.0"), false);
        assertThat(server.bundle(ID, "1.0.0")).isEmpty();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aReplacedStrategyIsActiveAndUnusedUntilItsDeactivation_F64() {
        assertThat(server.replaced().kept()).containsExactly(FORMER);
        Activation activation = server.replaced().bringUp(FORMER);
        Bundle former = server.bundle(ID, "1.0.0").orElseThrow();
        assertThat(former.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(former.getRegisteredServices()).isNotEmpty();
        assertThat(server.gate().open(former.getBundleId())).isFalse();
        assertThat(server.isUsed(ID, "2.0.0")).isTrue();
        assertThat(server.desk().versions(ID)).extracting(Plugin::version).containsExactly("2.0.0");

        activation.close();
        activation.close();
        assertThat(former.getState()).isEqualTo(Bundle.UNINSTALLED);
        assertThat(server.isUsed(ID, "2.0.0")).isTrue();
        assertThat(data.resolve("tmp")).isEmptyDirectory();
        assertThat(server.replaced().kept()).as("for the next replay").containsExactly(FORMER);
    }

    @Test
    void whatWasReplacedInTheFolderIsKeptAsWell_F64() throws Exception {
        Path file = server.folder().resolve("held.jar");
        Jar.plugin("acme.held", "1.0.0").into(file);
        server.awaits("acme.held", Plugin.PluginState.ACTIVE);
        Jar.plugin("acme.held", "1.1.0").into(file);
        server.await(() -> server.isUsed("acme.held", "1.1.0"), "the successor is not used");
        StrategyRef held = new StrategyRef(StrategyRef.PLACEMENT, "acme.held", "1.0.0");
        server.await(() -> server.replaced().kept().contains(held), "it is not kept");
        server.replaced().bringUp(held).close();
    }

    @Test
    void anActiveReplacedStrategyEndsWithTheModule() throws Exception {
        server.replaced().bringUp(FORMER);
        server.roomAgain();
        assertThat(server.bundle(ID, "1.0.0")).isEmpty();
    }

    @Test
    void whatIsNotKeptIsSaid() {
        assertThatThrownBy(() -> server.replaced().bringUp(new StrategyRef(StrategyRef.PLACEMENT, ID, "0.9.0")))
                .hasMessageContaining("is no longer kept");
        assertThat(data.resolve("tmp")).isEmptyDirectory();
    }
}
