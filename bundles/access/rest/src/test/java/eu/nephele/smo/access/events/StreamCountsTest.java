// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamCountsTest {

    private final StreamTally tally = new StreamTally();
    private final StreamCounts counts = new StreamCounts(
            () -> Optional.of((project, member) -> project.equals("shop") ? OptionalLong.of(2) : OptionalLong.empty()),
            tally);

    private static StreamViewer viewer(String principal, String address, String... projects) {
        EventLog log = (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
        return new StreamViewer(
                new EventFilter(Set.of(), Set.of(projects)), log, CallContext.of(principal, address, Set.of(), "c"));
    }

    private void assertRefused(StreamViewer viewer, SmoException.Kind kind) {
        assertThatThrownBy(() -> counts.begin(viewer, 3))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(kind));
    }

    @Test
    void oneCallerDoesNotTakeThePlacesOfTheOthers() {
        StreamViewer anna = viewer("anna", "10.0.0.1");
        for (int i = 0; i < 3; i++) {
            counts.begin(anna, 3);
        }
        assertRefused(anna, SmoException.Kind.THROTTLED);
        assertThatCode(() -> counts.begin(viewer("bob", "10.0.0.1"), 3)).doesNotThrowAnyException();
        counts.end(anna);
        counts.begin(anna, 3);
        assertRefused(anna, SmoException.Kind.THROTTLED);
    }

    @Test
    void callersWithoutCredentialsAreToldApartByTheirAddress() {
        for (int i = 0; i < 3; i++) {
            counts.begin(viewer("anonymous", "10.0.0.1"), 3);
        }
        assertRefused(viewer("anonymous", "10.0.0.1"), SmoException.Kind.THROTTLED);
        counts.begin(viewer("anonymous", "10.0.0.2"), 3);
    }

    @Test
    void aProjectHasNoMoreStreamsThanItsQuota() {
        counts.begin(viewer("anna", "a", "shop", "other"), 3);
        counts.begin(viewer("bob", "b", "shop"), 3);
        assertThat(tally.openOf("shop")).isEqualTo(2);
        assertRefused(viewer("carl", "c", "other", "shop"), SmoException.Kind.OVER_QUOTA);
        assertThat(tally.openOf("other")).as("all or nothing").isEqualTo(1);
        counts.begin(viewer("carl", "c"), 3);
        counts.end(viewer("bob", "b", "shop"));
        counts.begin(viewer("carl", "c", "shop"), 3);
        assertThat(tally.openOf("shop")).isEqualTo(2);
    }
}
