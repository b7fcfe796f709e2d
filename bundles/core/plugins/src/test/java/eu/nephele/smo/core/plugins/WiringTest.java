// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.plugins.life.PluginGate;
import eu.nephele.smo.core.plugins.life.ProductInventory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/** Wiring by the framework after admission was bypassed, by any trick. */
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
        PluginGate pluginGate = server.gate();
        pluginGate.admit(List.of(bundle));
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

    private Bundle notAdmitted(Jar jar) throws Exception {
        Path file = server.temporary(jar.bytes());
        return server.install(ProductInventory.PLUGIN_LOCATION + file, file);
    }

    private Bundle ofProduct(String imports) throws Exception {
        return server.install(
                "product:needy",
                server.temporary(Jar.empty("eu.nephele.smo.needy", "1.0.0")
                        .header("Import-Package", imports)
                        .bytes()));
    }

    @Test
    void whatIsNotAdmittedKeepsNobodyElseFromStarting() throws Exception {
        // each start of a server brings plugins back while bundles of the product start
        Bundle waiting = notAdmitted(Jar.empty("acme.waits", "1.0.0"));
        Bundle ours = ofProduct("eu.nephele.smo.api.model");
        ours.start();
        assertThat(ours.getState()).isEqualTo(Bundle.ACTIVE);
        Bundle plugin = gotPast(Jar.empty("acme.past", "1.0.0").header("DynamicImport-Package", "*"));
        assertThat(plugin.loadClass("eu.nephele.smo.api.model.Graph")).isNotNull();
        assertThat(waiting.getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    void whatIsNotAdmittedIsResolvedInNoWay() throws Exception {
        Bundle alone = notAdmitted(Jar.empty("acme.alone", "1.0.0").header("Import-Package", ""));
        Bundle needy =
                notAdmitted(Jar.empty("acme.needy", "1.0.0").header("Import-Package", "eu.nephele.smo.api.model"));
        Bundle provider =
                notAdmitted(Jar.empty("acme.lib", "1.0.0").header("Export-Package", "com.acme.lib;version=1"));
        Bundle fragment = notAdmitted(Jar.empty("acme.part", "1.0.0").header("Fragment-Host", "acme.host"));
        List<Bundle> all = List.of(alone, needy, provider, fragment);
        for (Bundle bundle : List.of(alone, needy, provider)) {
            assertThatThrownBy(bundle::start).isInstanceOf(BundleException.class);
        }
        FrameworkWiring framework = server.context().getBundle(0).adapt(FrameworkWiring.class);
        assertThat(framework.resolveBundles(all)).isFalse();
        Bundle host = gotPast(Jar.empty("acme.host", "1.0.0"));
        host.start();
        Bundle importer = server.install(
                "elsewhere:importer",
                server.temporary(Jar.empty("acme.importer", "1.0.0")
                        .header("Import-Package", "com.acme.lib")
                        .bytes()));
        server.gate().admit(List.of(importer));
        assertThatThrownBy(importer::start).isInstanceOf(BundleException.class).hasMessageContaining("com.acme.lib");
        framework.resolveBundles(null);
        assertThat(all).extracting(Bundle::getState).containsOnly(Bundle.INSTALLED);
        server.gate().admit(List.of(provider));
        importer.start();
        assertThat(importer.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void aSingletonThatIsNotAdmittedIsInNobodysWay() throws Exception {
        notAdmitted(Jar.empty("eu.nephele.smo.needy", "0.5.0")
                .header("Bundle-SymbolicName", "eu.nephele.smo.needy;singleton:=true"));
        Bundle ours = server.install(
                "product:single",
                server.temporary(Jar.empty("eu.nephele.smo.needy", "1.0.0")
                        .header("Bundle-SymbolicName", "eu.nephele.smo.needy;singleton:=true")
                        .bytes()));
        ours.start();
        assertThat(ours.getState()).isEqualTo(Bundle.ACTIVE);
    }
}
