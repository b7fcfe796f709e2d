// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.Shadow.ShadowScope;
import eu.nephele.smo.core.contract.store.ShadowStore;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shadows and their comparisons, on every database. */
abstract class ShadowStoreContract {

    private final TestDatabase kind;
    private Opened database;
    private ShadowStore shadows;

    ShadowStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        shadows = database.stores().shadows();
    }

    private static Shadow shadow(String id, StrategySelection selection, ShadowScope scope) {
        return new Shadow(
                id,
                "placement",
                selection,
                scope,
                new RequestOrigin("alice", "corr", Optional.of(new IdempotencyKey("k", "f"))),
                Samples.NOW);
    }

    private static Shadow plain(String id) {
        return shadow(id, StrategySelection.ofId("greedy"), ShadowScope.ALL);
    }

    private static List<JsonObject> numbers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> StrictJson.parseObject("{\"number\": %d, \"half\": 0.5}".formatted(number)))
                .toList();
    }

    @Test
    void keepsEveryFieldAndEveryScope() {
        StrategySelection full =
                Samples.full(Samples.graph("g")).declaration().override().placement();
        Shadow ofGraph = shadow("1", full, new ShadowScope(Optional.empty(), Optional.of(Samples.graph("g"))));
        Shadow ofProject =
                shadow("2", StrategySelection.ofId("greedy"), new ShadowScope(Optional.of("p1"), Optional.empty()));
        shadows.save(ofGraph);
        shadows.save(ofProject);
        shadows.save(plain("3"));

        assertThat(shadows.list()).containsExactly(ofGraph, ofProject, plain("3"));
        assertThat(shadows.find("2")).contains(ofProject);
        assertThat(shadows.find("nobody")).isEmpty();
        shadows.save(shadow("2", full, ShadowScope.ALL));
        assertThat(shadows.find("2")).contains(shadow("2", full, ShadowScope.ALL));
    }

    @Test
    void keepsTheNewestComparisonsOfEachShadow() {
        shadows.save(plain("1"));
        shadows.save(plain("2"));
        shadows.append("1", numbers(0, 70), 100);
        shadows.append("2", numbers(500, 503), 100);
        shadows.append("1", numbers(70, 130), 100);

        List<JsonObject> kept = shadows.comparisons("1", 1000);
        assertThat(kept).hasSize(100);
        assertThat(kept.get(0)).isEqualTo(numbers(129, 130).get(0));
        assertThat(kept.get(99)).isEqualTo(numbers(30, 31).get(0));
        assertThat(shadows.comparisons("1", 2)).isEqualTo(kept.subList(0, 2));
        assertThat(shadows.comparisons("2", 1000)).hasSize(3);
    }

    @Test
    void whatIsRemovedTakesItsComparisonsAlongAndGetsNoMore() {
        shadows.save(plain("1"));
        shadows.append("1", numbers(0, 5), 100);
        shadows.remove("1");
        shadows.append("1", numbers(5, 6), 100);
        shadows.remove("1");

        assertThat(shadows.list()).isEmpty();
        assertThat(database.rows("shadow_comparison")).isZero();
    }
}
