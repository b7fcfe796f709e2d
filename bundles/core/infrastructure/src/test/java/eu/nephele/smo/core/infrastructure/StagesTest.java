// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.ResourceRef;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StagesTest {

    private static final ResourceRef REF = new ResourceRef("infrastructure", "", "i1");

    private final Stages stages = new Stages(2, ref -> {});

    private static Stages.Key key(String asked) {
        return new Stages.Key("u1", Effect.Action.CREATE, asked);
    }

    @Test
    void theOldestThatHasEndedMakesRoomAndNoneThatIsUnderWay() {
        CompletableFuture<Ending> first = new CompletableFuture<>();
        stages.announce(key("a"), false)
                .orElseThrow()
                .begin(REF, new Source(new HandDriven(true), 1), "rack", () -> first);
        assertThat(stages.announce(key("b"), false)).isPresent();
        assertThat(stages.announce(key("c"), false)).isEmpty();

        first.complete(Ending.deleted());
        assertThat(stages.announce(key("c"), false)).isPresent();
        assertThat(stages.find(key("a"))).isEmpty();
        assertThat(stages.find(key("b"))).isPresent();
    }

    @Test
    void ofWhatIsGoneNothingIsRemembered() {
        stages.announce(key("a"), false);
        stages.forgetAll("u1");
        assertThat(stages.find(key("a"))).isEmpty();
    }
}
