// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.plugins.samples.Staying;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Removals, upgrades and stops of a plugin end, also of one that does not let itself be stopped (docs/operate/recover.md). */
class EndsTest {

    private static final String ID = "bad.staying";

    @TempDir
    Path data;

    private Server server;
    private Bundle staying;

    @BeforeEach
    void start() throws Exception {
        System.clearProperty("sample.endless.ends");
        server = Server.start(data);
        server.upload(Jar.plugin(ID, "1.0.0")
                .header("Bundle-Activator", Staying.class.getName())
                .code(Staying.class));
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
        staying = server.bundle(ID, "1.0.0").orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        System.setProperty("sample.endless.ends", "true");
        server.close();
    }

    @Test
    void theRemovalOfWhatDoesNotStopEndsAndItsVersionMayComeAgain() throws Exception {
        assertThat(server.remove(ID, false).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.desk().versions(ID)).isEmpty();
        assertThat(server.gate().open(staying.getBundleId())).isFalse();
        assertThat(server.upload(Jar.plugin(ID, "1.0.0")).state()).isEqualTo(Operation.State.SUCCEEDED);
        goesWhenItCan();
    }

    @Test
    void theUpgradeOfWhatDoesNotStopEndsAndTheNewVersionIsUsed() throws Exception {
        assertThat(server.upgrade(ID, Jar.plugin(ID, "2.0.0"), false).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.isUsed(ID, "2.0.0")).isTrue();
        assertThat(server.desk().versions(ID)).extracting(Plugin::version).containsExactly("2.0.0");
        assertThat(server.gate().open(staying.getBundleId())).isFalse();
        goesWhenItCan();
    }

    private void goesWhenItCan() {
        System.setProperty("sample.endless.ends", "true");
        server.await(() -> staying.getState() == Bundle.UNINSTALLED, "it stays in the framework");
    }
}
