// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SlotsTest {

    private final Slots slots = new Slots(8, 2);

    private static Lane lane(String webhook, int graph) {
        return new Lane(webhook, Optional.of(ResourceRef.of(new GraphId("demo", "g" + graph))));
    }

    @Test
    void aLaneHasOneDeliveryUnderWayAndAWebhookTwo() {
        assertThat(slots.take(lane("a", 1))).isTrue();
        assertThat(slots.take(lane("a", 1))).isFalse();
        assertThat(slots.take(lane("a", 2))).isTrue();
        assertThat(slots.busyWebhooks()).containsExactly("a");
        assertThat(slots.take(lane("a", 3))).isFalse();
        slots.release(lane("a", 1), false);
        assertThat(slots.take(lane("a", 3))).isTrue();
    }

    @Test
    void webhooksThatFailHaveOneSlotEachAndHalfOfAllTogether() {
        for (int i = 0; i < 6; i++) {
            slots.take(lane("bad" + i, 1));
            slots.release(lane("bad" + i, 1), true);
        }
        int taken = 0;
        for (int i = 0; i < 6; i++) {
            taken += slots.take(lane("bad" + i, 1)) ? 1 : 0;
            assertThat(slots.take(lane("bad" + i, 2))).isFalse();
        }
        assertThat(taken).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(slots.take(lane("good" + i, 1))).isTrue();
        }
        assertThat(slots.take(lane("good4", 1))).isFalse();
    }

    @Test
    void oneSuccessEndsTheRestriction() {
        slots.take(lane("a", 1));
        slots.release(lane("a", 1), true);
        assertThat(slots.take(lane("a", 1))).isTrue();
        assertThat(slots.take(lane("a", 2))).isFalse();
        slots.release(lane("a", 1), false);
        assertThat(slots.take(lane("a", 1))).isTrue();
        assertThat(slots.take(lane("a", 2))).isTrue();
    }

    /** However takes and releases come, no limit is ever exceeded. */
    @Property
    void noLimitIsExceeded(@ForAll @Size(max = 200) List<@IntRange(min = 0, max = 399) Integer> moves) {
        Slots some = new Slots(6, 2);
        List<Lane> taken = new ArrayList<>();
        for (int move : moves) {
            if (move % 4 == 3 && !taken.isEmpty()) {
                some.release(taken.remove(move % taken.size()), move % 8 == 3);
            } else {
                Lane lane = lane("w" + move % 9, move % 5);
                if (some.take(lane)) {
                    assertThat(taken).doesNotContain(lane);
                    taken.add(lane);
                }
            }
            Map<String, Integer> perWebhook = new HashMap<>();
            taken.forEach(lane -> perWebhook.merge(lane.webhook(), 1, Integer::sum));
            assertThat(taken).hasSizeLessThanOrEqualTo(6);
            assertThat(perWebhook.values()).allMatch(count -> count <= 2);
            assertThat(some.lanes()).containsExactlyInAnyOrderElementsOf(taken);
        }
    }
}
