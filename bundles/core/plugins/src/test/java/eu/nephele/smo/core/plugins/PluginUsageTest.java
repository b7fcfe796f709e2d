// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that graphs use is not removed, unless it is forced. */
class PluginUsageTest {

    private static final String ID = "acme.used";

    @TempDir
    Path data;

    private Server server;
    private volatile Optional<String> range = Optional.empty();

    @BeforeEach
    void oneGraphAsksForIt() throws Exception {
        server = Server.start(data);
        server.context().registerService(GraphStore.class, oneAfterTheOther(), null);
        server.context().registerService(DescriptorReader.class, reader(), null);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** A store that gives no two descriptors at once. */
    private static GraphStore oneAfterTheOther() {
        return (GraphStore) Proxy.newProxyInstance(
                GraphStore.class.getClassLoader(),
                new Class<?>[] {GraphStore.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "ids" -> List.of(record().id());
                    case "find" ->
                        Optional.of(record()).filter(record -> record.id().equals(arguments[0]));
                    default -> throw new UnsupportedOperationException(called.toString());
                });
    }

    private static GraphRecord record() {
        return Samples.record();
    }

    private DescriptorReader reader() {
        return (DescriptorReader) Proxy.newProxyInstance(
                DescriptorReader.class.getClassLoader(),
                new Class<?>[] {DescriptorReader.class},
                (proxy, called, args) -> graph());
    }

    private Graph graph() {
        return Samples.graph(new StrategySelection(
                Optional.of(ID), range, JsonObject.EMPTY, false, Optional.empty(), OptionalInt.empty()));
    }

    @Test
    void whatAGraphAsksForIsNotRemovedNorStopped() throws Exception {
        server.upload(Jar.plugin(ID, "1.0.0"));
        assertThat(server.desk().uses(ID))
                .singleElement()
                .satisfies(use -> assertThat(use.graph()).isEqualTo("shop/checkout"))
                .satisfies(use -> assertThat(use.how()).isEqualTo("placement strategy acme.used"));
        assertThatThrownBy(() -> server.remove(ID, false))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .hasMessageContaining("shop/checkout (placement strategy acme.used)");
        assertThatThrownBy(() -> server.desk().stop(ID, Optional.empty(), false, RequestOrigin.INTERNAL))
                .hasMessageContaining("shop/checkout");
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
        assertThat(server.remove(ID, true).state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void aVersionGoesWhenAnotherOneWillDo() throws Exception {
        server.upload(Jar.plugin(ID, "1.0.0"));
        server.upload(Jar.plugin(ID, "1.1.0"));
        Operation operation =
                server.settled(server.desk().remove(ID, Optional.of("1.0.0"), false, RequestOrigin.INTERNAL));
        assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void anUpgradeOutOfTheRangeOfAGraphIsRefusedUnlessForced() throws Exception {
        range = Optional.of("[1.0,2.0)");
        server.upload(Jar.plugin(ID, "1.0.0"));
        Operation operation = server.upgrade(ID, Jar.plugin(ID, "2.0.0"), false);
        assertThat(operation.error().orElseThrow().kind()).isEqualTo(SmoException.Kind.CONFLICT);
        assertThat(operation.error().orElseThrow().message()).contains("shop/checkout", "[1.0,2.0)");
        assertThat(server.isUsed(ID, "1.0.0")).isTrue();
        assertThat(server.upgrade(ID, Jar.plugin(ID, "1.5.0"), false).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.upgrade(ID, Jar.plugin(ID, "2.0.0"), true).state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void whatNobodyAsksForGoes() throws Exception {
        server.upload(Jar.plugin("acme.free", "1.0.0"));
        assertThat(server.desk().uses("acme.free")).isEmpty();
        assertThat(server.remove("acme.free", false).state()).isEqualTo(Operation.State.SUCCEEDED);
    }
}
