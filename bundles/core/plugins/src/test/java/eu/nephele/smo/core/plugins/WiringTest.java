// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.plugins.life.Gate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/** What the framework wires once admission has been got past, whatever the trick was (F-13). */
class WiringTest {

    private static final String INTERNAL = "eu.nephele.smo.core.contract.plugin";

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

    private Bundle gotPast(Jar jar) throws Exception {
        Bundle bundle = server.install("elsewhere:x", server.temporary(jar.bytes()));
        Gate gate = server.gate();
        gate.admit(List.of(bundle));
        return bundle;
    }

    @Test
    void aDynamicImportOfEverythingReachesTheContractForPartnersOnly() throws Exception {
        Bundle bundle = gotPast(Jar.empty("bad.past", "1.0.0").header("DynamicImport-Package", "*"));
        assertThat(bundle.loadClass("eu.nephele.smo.api.model.Graph")).isNotNull();
        assertThatThrownBy(() -> bundle.loadClass(INTERNAL + ".Plugin")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void anImportOfSomethingInternalIsNotResolved() throws Exception {
        Bundle bundle = gotPast(Jar.empty("bad.past", "1.0.0").header("Import-Package", INTERNAL));
        assertThatThrownBy(bundle::start).isInstanceOf(BundleException.class).hasMessageContaining(INTERNAL);
    }

    @Test
    void whatAPluginExportsIsNothingToTheProduct() throws Exception {
        gotPast(Jar.empty("bad.past", "1.0.0").header("Export-Package", "com.acme.lib;version=1"));
        Bundle ours = server.install(
                "product:needy",
                server.temporary(Jar.empty("eu.nephele.smo.needy", "1.0.0")
                        .header("Import-Package", "com.acme.lib")
                        .bytes()));
        assertThat(server.context().getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(ours)))
                .isFalse();
    }
}
