// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfrastructureTest {

    private static final JsonObject WISH = JsonObject.EMPTY
            .with("name", new JsonString("burst"))
            .with("cores", JsonNumber.of(2))
            .with("memoryGib", JsonNumber.of(8))
            .with("nodes", JsonNumber.of(3));

    private final Lab lab = new Lab();

    private Infrastructure create(JsonObject wish) throws Exception {
        return lab.world.infrastructure().create(wish).toCompletableFuture().get();
    }

    private static void fails(CompletionStage<?> stage, Kind kind, String word) {
        assertThatThrownBy(() -> stage.toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageContaining(word)
                .isInstanceOfSatisfying(AdapterException.class, thrown -> assertThat(thrown.kind())
                        .isEqualTo(kind));
    }

    @Test
    void whatIsMadeIsAClusterOfItsNodesAndTakesPods() throws Exception {
        assertThat(create(WISH).details().toJson()).isEqualTo("{\"nodes\":3,\"cores\":2,\"memoryGib\":8}");
        assertThat(lab.inWorld("burst").allocatable().cpuMillis()).isEqualTo(6000);

        lab.install("web", 1, 5, "burst");
        lab.passStartup();
        assertThat(lab.ready("web")).isEqualTo(1);
    }

    @Test
    void podsThatNoLongerFitWaitUntilTheNodesAreBack() throws Exception {
        create(WISH);
        lab.install("web", 2, 2, "burst");
        lab.passStartup();

        lab.world.infrastructure().scale("burst", 1).toCompletableFuture().get();
        lab.passStartup();
        assertThat(lab.ready("web")).isEqualTo(1);
        lab.world.infrastructure().scale("burst", 2).toCompletableFuture().get();
        lab.passStartup();
        assertThat(lab.ready("web")).isEqualTo(2);
    }

    @Test
    void aDrainedClusterIsBackWithItsPresentNodes() throws Exception {
        create(WISH);
        lab.world.infrastructure().scale("burst", 5).toCompletableFuture().get();
        lab.world.drainCluster("burst", 1);
        lab.world.drainCluster("burst", 0);
        assertThat(lab.inWorld("burst").allocatable().cpuMillis()).isEqualTo(10_000);
    }

    @Test
    void clustersOfTheScenarioAreNoneOfTheProvider() {
        assertThat(lab.world.infrastructure().list()).isEmpty();
        fails(lab.world.infrastructure().delete("a"), Kind.NOT_FOUND, "a");
        fails(lab.world.infrastructure().create(WISH.with("name", new JsonString("a"))), Kind.CONFLICT, "a");
    }

    @Test
    void aLostClusterIsNotListed() throws Exception {
        create(WISH);
        lab.world.removeCluster("burst");
        assertThat(lab.world.infrastructure().list()).isEmpty();
        assertThat(create(WISH).status()).isEqualTo("READY");
    }

    @ParameterizedTest
    @CsvSource({"name, 1", "cores, 0", "cores, 1.5", "memoryGib, 1e30", "nodes, -1"})
    void anInvalidRequestNamesItsErrors(String member, String value) {
        JsonObject wish = WISH.with(member, new JsonNumber(new java.math.BigDecimal(value)));
        fails(lab.world.infrastructure().create(wish), Kind.REFUSED, member);
    }

    @Test
    void aNameThatNoClusterCanHaveIsRefused() {
        JsonObject wish = WISH.with("name", new JsonString("Big_Name"));
        fails(lab.world.infrastructure().create(wish), Kind.REFUSED, "name");
    }

    @Test
    void thereAreLimitsToGrowth() throws Exception {
        create(WISH);
        fails(lab.world.infrastructure().scale("burst", -1), Kind.REFUSED, "-1");
        fails(lab.world.infrastructure().scale("burst", 1001), Kind.REFUSED, "1001");
    }
}
