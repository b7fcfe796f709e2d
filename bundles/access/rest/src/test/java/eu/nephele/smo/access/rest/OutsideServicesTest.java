// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedDescriptor;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

/** Of several adapters the REST API shows the engine's one. */
class OutsideServicesTest {

    private final OutsideServices outside = new OutsideServices();

    private static <T> Map.Entry<Map<String, Object>, T> service(long id, int ranking, T adapter) {
        return Map.entry(Map.of(Constants.SERVICE_ID, id, Constants.SERVICE_RANKING, ranking), adapter);
    }

    @Test
    void ofEqualsTheOneThatCameLastIsShownInWhicheverOrderTheyAreKnown() {
        NetworkFabric first = InMemoryOutside.fabric(List::of);
        NetworkFabric last = InMemoryOutside.fabric(List::of);
        outside.fabrics = List.of(service(1, 0, first), service(2, 0, last));
        assertThat(outside.fabric()).containsSame(last);
        outside.fabrics = List.of(service(2, 0, last), service(1, 0, first));
        assertThat(outside.fabric()).containsSame(last);
        outside.fabrics = List.of(service(1, 0, first));
        assertThat(outside.fabric()).as("it gives the place back").containsSame(first);
        outside.fabrics = List.of();
        assertThat(outside.fabric()).isEmpty();
    }

    @Test
    void theHighestRankingGoesBefore() {
        ArtifactRepository high = reference -> new FetchedDescriptor("high", "sha256:1");
        ArtifactRepository last = reference -> new FetchedDescriptor("last", "sha256:2");
        outside.repositories = List.of(service(2, 0, last), service(1, 100, high));
        assertThat(outside.artifacts()).containsSame(high);
        outside.repositories = List.of(service(2, 0, last), service(1, 0, high));
        assertThat(outside.artifacts()).containsSame(last);
    }

    @Test
    void signalsAreThoseThatCountMost() {
        Optional<SignalSource> first = new InMemoryOutside().signals();
        Optional<SignalSource> last = new InMemoryOutside().signals();
        outside.signalSources = List.of(service(1, 0, first.orElseThrow()), service(2, 0, last.orElseThrow()));
        assertThat(outside.signals()).containsSame(last.orElseThrow());
    }
}
