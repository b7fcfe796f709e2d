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

final class DeliveryBulkheadTest {

    private final DeliveryBulkhead deliveryBulkhead = new DeliveryBulkhead(8, 2);

    private static DeliveryQueue lane(String webhook, int graph) {
        return new DeliveryQueue(webhook, Optional.of(ResourceRef.of(new GraphId("demo", "g" + graph))));
    }

    @Test
    void aKeyHasOneDeliveryUnderWayAndAWebhookTwo() {
        assertThat(deliveryBulkhead.take(lane("a", 1))).isTrue();
        assertThat(deliveryBulkhead.take(lane("a", 1))).isFalse();
        assertThat(deliveryBulkhead.take(lane("a", 2))).isTrue();
        assertThat(deliveryBulkhead.busyWebhooks()).containsExactly("a");
        assertThat(deliveryBulkhead.take(lane("a", 3))).isFalse();
        deliveryBulkhead.release(lane("a", 1), false);
        assertThat(deliveryBulkhead.take(lane("a", 3))).isTrue();
    }

    @Test
    void webhooksThatFailHaveOneSlotEachAndHalfOfAllTogether() {
        for (int i = 0; i < 6; i++) {
            deliveryBulkhead.take(lane("bad" + i, 1));
            deliveryBulkhead.release(lane("bad" + i, 1), true);
        }
        int taken = 0;
        for (int i = 0; i < 6; i++) {
            taken += deliveryBulkhead.take(lane("bad" + i, 1)) ? 1 : 0;
            assertThat(deliveryBulkhead.take(lane("bad" + i, 2))).isFalse();
        }
        assertThat(taken).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(deliveryBulkhead.take(lane("good" + i, 1))).isTrue();
        }
        assertThat(deliveryBulkhead.take(lane("good4", 1))).isFalse();
    }

    @Test
    void oneSuccessEndsTheRestriction() {
        deliveryBulkhead.take(lane("a", 1));
        deliveryBulkhead.release(lane("a", 1), true);
        assertThat(deliveryBulkhead.take(lane("a", 1))).isTrue();
        assertThat(deliveryBulkhead.take(lane("a", 2))).isFalse();
        deliveryBulkhead.release(lane("a", 1), false);
        assertThat(deliveryBulkhead.take(lane("a", 1))).isTrue();
        assertThat(deliveryBulkhead.take(lane("a", 2))).isTrue();
    }

    /** However takes and releases come, no limit is ever exceeded. */
    @Property
    void noLimitIsExceeded(@ForAll @Size(max = 200) List<@IntRange(min = 0, max = 399) Integer> moves) {
        DeliveryBulkhead some = new DeliveryBulkhead(6, 2);
        List<DeliveryQueue> taken = new ArrayList<>();
        for (int move : moves) {
            if (move % 4 == 3 && !taken.isEmpty()) {
                some.release(taken.remove(move % taken.size()), move % 8 == 3);
            } else {
                DeliveryQueue deliveryQueue = lane("w" + move % 9, move % 5);
                if (some.take(deliveryQueue)) {
                    assertThat(taken).doesNotContain(deliveryQueue);
                    taken.add(deliveryQueue);
                }
            }
            Map<String, Integer> perWebhook = new HashMap<>();
            taken.forEach(deliveryQueue -> perWebhook.merge(deliveryQueue.webhook(), 1, Integer::sum));
            assertThat(taken).hasSizeLessThanOrEqualTo(6);
            assertThat(perWebhook.values()).allMatch(count -> count <= 2);
            assertThat(some.lanes()).containsExactlyInAnyOrderElementsOf(taken);
        }
    }
}
