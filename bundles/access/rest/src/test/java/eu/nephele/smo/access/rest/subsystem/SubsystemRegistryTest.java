// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.access.rest.subsystem.SubsystemRegistry.Entered;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.lab.testkit.Await;
import jakarta.ws.rs.NotFoundException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SubsystemRegistryTest {

    private final SubsystemRegistry subsystems = new SubsystemRegistry();
    private final Subsystem zones = () -> Map.of("zones", "resource of zones", "records", "resource of records");

    /** The resource of a call that ends at once. */
    private Object resource(String word) {
        Entered entered = subsystems.enter(word);
        entered.inside().leave();
        return entered.resource();
    }

    private static void assertAway(SubsystemRegistry subsystems, String word) {
        assertThatThrownBy(() -> subsystems.enter(word)).isInstanceOfSatisfying(SmoException.class, away -> {
            assertThat(away.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
            assertThat(away.retryAfter()).isPresent();
            assertThat(away).hasMessageContaining("/api/v1/" + word);
        });
    }

    @Test
    void eachWordHasItsResourceAsLongAsTheSubsystemIsThere() {
        assertThatThrownBy(() -> subsystems.enter("zones")).isInstanceOf(NotFoundException.class);

        subsystems.addSubsystem(zones);
        assertThat(resource("records")).isEqualTo("resource of records");
        Entered entered = subsystems.enter("zones");
        assertThat(entered.resource()).isEqualTo("resource of zones");
        assertThatThrownBy(() -> subsystems.enter("other")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatWasThereIsAwayAndNotGone() {
        subsystems.addSubsystem(zones);
        subsystems.removeSubsystem(zones);

        assertAway(subsystems, "zones");
        subsystems.addSubsystem(zones);
        assertThat(resource("zones")).isEqualTo("resource of zones");
    }

    @Test
    void ofTwoSubsystemsWithOnePathTheLatestIsUsedWhileItIsPresent() {
        Subsystem next = () -> Map.of("zones", "next");
        subsystems.addSubsystem(zones);
        subsystems.addSubsystem(next);
        assertThat(resource("zones")).isEqualTo("next");
        assertThat(resource("records")).isEqualTo("resource of records");

        subsystems.removeSubsystem(next);
        assertThat(resource("zones")).isEqualTo("resource of zones");
    }

    @Test
    void aSubsystemIsRemovedAfterItsCallsAndAdmitsNoMore() throws Exception {
        subsystems.addSubsystem(zones);
        Entered inside = subsystems.enter("zones");

        CompletableFuture<Void> going = CompletableFuture.runAsync(() -> subsystems.removeSubsystem(zones));
        Await.until("the subsystem is closed", () -> inside.inside().isClosed());
        assertAway(subsystems, "zones");
        assertThat(going).isNotDone();
        inside.inside().leave();
        assertThat(going).succeedsWithin(4, TimeUnit.SECONDS);
    }
}
