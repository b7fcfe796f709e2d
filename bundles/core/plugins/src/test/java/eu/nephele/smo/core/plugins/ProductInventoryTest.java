// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.samples.Throwing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;

/** Files that take the place of bundles of the product. */
class ProductInventoryTest {

    private static final String ID = "eu.nephele.smo.placement.sample";

    @TempDir
    Path data;

    @TempDir
    Path home;

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.closed(data);
        productBundles();
        server.open();
    }

    private void productBundles() throws Exception {
        for (String id : new String[] {
            ID,
            "eu.nephele.smo.api",
            "eu.nephele.smo.core.contract",
            "eu.nephele.smo.access.front",
            "eu.nephele.smo.lib.ojalgo",
            "com.fasterxml.jackson.core"
        }) {
            Path jar = Files.write(home.resolve(id + ".jar"), ours("0.1.0", id).bytes());
            server.context()
                    .installBundle("product:" + id, Files.newInputStream(jar))
                    .start();
        }
    }

    /** Updated without a stream it reads its own file again, as a bundle of the product does. */
    private Jar ours(String version, String id) {
        return Jar.plugin(id, version)
                .header(
                        "Bundle-UpdateLocation",
                        home.resolve(id + ".jar").toUri().toString());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private String version() {
        return Stream.of(server.context().getBundles())
                .filter(bundle -> ID.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE)
                .map(bundle -> bundle.getVersion().toString())
                .reduce("", String::concat);
    }

    @Test
    void aBundleOfOursIsExchangedAndComesBackWhenTheFileGoes() throws Exception {
        Operation operation = server.upload(ours("0.2.0", ID).header("Export-Package", "com.acme.free"));
        assertThat(operation.state()).as(operation::message).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(version()).isEqualTo("0.2.0");
        Plugin plugin = server.awaits(ID, PluginState.ACTIVE);
        assertThat(plugin.replaces()).isTrue();
        assertThat(server.remove(ID, false).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(version()).isEqualTo("0.1.0");
    }

    @Test
    void aReplacedProductBundleIsReplacedAgainAfterARestart() throws Exception {
        server.upload(ours("0.2.0", ID));
        server.close();
        server = Server.closed(data);
        productBundles();
        assertThat(version()).isEqualTo("0.1.0");
        server.open();
        server.await(() -> version().equals("0.2.0"), "it is not exchanged");
        server.roomAgain();
        server.awaits(ID, PluginState.ACTIVE);
        assertThat(version()).isEqualTo("0.2.0");
    }

    @Test
    void whatDoesNotStartLeavesOursInPlace() throws Exception {
        Operation operation = server.upload(ours("0.2.0", ID)
                .header("Bundle-Activator", Throwing.class.getName())
                .code(Throwing.class));
        assertThat(operation.state()).isEqualTo(Operation.State.FAILED);
        assertThat(operation.error().orElseThrow().message())
                .contains("does not start with this content", "no licence");
        assertThat(version()).isEqualTo("0.1.0");
        assertThat(server.upload(ours("0.3.0", ID).header("Import-Package", "com.missing"))
                        .error()
                        .orElseThrow()
                        .message())
                .contains("com.missing");
        assertThat(version()).isEqualTo("0.1.0");
    }

    @Test
    void whatOffersNothingAnyMoreLeavesOursInPlace() throws Exception {
        Operation operation = server.upload(ours("0.2.0", ID).header("Bundle-Activator", ""));
        assertThat(operation.error().orElseThrow().message()).contains("offers no service");
        assertThat(version()).isEqualTo("0.1.0");
    }

    @Test
    void aSecondOneTakesThePlaceOfTheFirst() throws Exception {
        server.upload(ours("0.2.0", ID));
        server.upload(ours("0.3.0", ID));
        assertThat(version()).isEqualTo("0.3.0");
        assertThat(server.desk().versions(ID)).extracting(Plugin::version).containsExactly("0.3.0");
    }

    static Stream<String> fixed() {
        return Stream.of(
                "eu.nephele.smo.api",
                "eu.nephele.smo.core.contract",
                "eu.nephele.smo.access.front",
                "eu.nephele.smo.lib.ojalgo",
                "com.fasterxml.jackson.core");
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void whatEverythingStandsOnIsNotExchanged(String id) throws Exception {
        Operation operation = server.upload(ours("9.0.0", id));
        assertThat(operation.error().orElseThrow().message()).contains("replaces: " + id);
        assertThat(server.bundle(id, "0.1.0").orElseThrow().getState()).isEqualTo(Bundle.ACTIVE);
    }
}
