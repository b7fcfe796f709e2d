// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.chaos.ChaosFinding.ChaosKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each kind of fault is found, and nothing else. */
class PoolVerdictTest {

    private static final Instant MADE = Instant.parse("2026-06-01T12:00:00Z");
    private static final String IMAGE = "localhost/app:2";
    private static final String BACKEND = "containers:web:web";
    private static final PromisedService WEB = new PromisedService(
            "web", 80, 1, 4, IMAGE, 2, new PromisedService.PromiseTimes(Instant.EPOCH, Instant.EPOCH, MADE));

    private final List<ObservedContainer> containers = new ArrayList<>(List.of(
            container("web-1-a", "127.0.0.1", "running", 5001), container("web-1-b", "127.0.0.2", "running", 5002)));
    private final List<BalancerEntry> entries =
            new ArrayList<>(List.of(entry("a", "127.0.0.1:5001"), entry("b", "127.0.0.2:5002")));
    private Set<String> backends = Set.of(BACKEND);

    private static ObservedContainer container(String name, String server, String state, int port) {
        return new ObservedContainer(name, server, name, "web", IMAGE, state, port, MADE);
    }

    private static BalancerEntry entry(String name, String place) {
        return new BalancerEntry(BACKEND, name, place, "UP");
    }

    private List<ChaosKind> kinds() {
        return kinds(List.of(WEB));
    }

    private List<ChaosKind> kinds(List<PromisedService> promised) {
        return PoolVerdict.judge(promised, any -> false, new ObservedPool(containers, backends, entries)).stream()
                .map(ChaosFinding::kind)
                .toList();
    }

    @Test
    void whatWasPromisedIsNoFinding() {
        containers.add(container("spare.web-1-c", "127.0.0.1", "created", 0));
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aContainerThatIsMissingIsLost() {
        containers.remove(1);
        entries.remove(1);
        assertThat(kinds()).containsExactly(ChaosKind.LOST);
    }

    @Test
    void aContainerTooManyIsDoubled() {
        containers.add(container("web-1-c", "127.0.0.1", "running", 5003));
        entries.add(entry("c", "127.0.0.1:5003"));
        assertThat(kinds()).containsExactly(ChaosKind.DOUBLED);
    }

    @Test
    void anImageAndARestartAreLost() {
        assertThat(kinds(List.of(WEB.withImage("localhost/app:1")))).containsExactly(ChaosKind.LOST, ChaosKind.LOST);
        assertThat(kinds(List.of(WEB.replaced(MADE.plusSeconds(5))))).containsExactly(ChaosKind.LOST, ChaosKind.LOST);
    }

    @Test
    void whatRunsForNothingIsOrphaned() {
        containers.add(container("web-1-c", "127.0.0.1", "exited", 0));
        containers.add(container("spare.web-1-d", "127.0.0.1", "created", 0));
        containers.add(container("spare.web-1-e", "127.0.0.1", "created", 0));
        assertThat(kinds()).containsExactly(ChaosKind.ORPHANED, ChaosKind.ORPHANED);
    }

    @Test
    void containersAndBackendsOfNoServiceAreOrphaned() {
        assertThat(kinds(List.of()))
                .as("two containers, one backend")
                .containsExactly(ChaosKind.ORPHANED, ChaosKind.ORPHANED, ChaosKind.ORPHANED);
    }

    @Test
    void entriesOfTheBalancerAreOneForEachContainer() {
        entries.add(entry("c", "127.0.0.2:5002"));
        assertThat(kinds()).as("two for one").containsExactly(ChaosKind.DOUBLED);
        entries.set(2, entry("c", "127.0.0.2:5009"));
        assertThat(kinds()).as("one for none").containsExactly(ChaosKind.DOUBLED);
        entries.remove(2);
        entries.remove(1);
        assertThat(kinds()).as("none for one").containsExactly(ChaosKind.LOST);
        entries.add(new BalancerEntry(BACKEND, "b", "127.0.0.2:5002", "DOWN"));
        assertThat(kinds()).as("one that is not used").containsExactly(ChaosKind.STUCK);
    }

    @Test
    void ofWhatIsUnknownNothingIsFound() {
        containers.clear();
        assertThat(PoolVerdict.judge(List.of(WEB), "web"::equals, new ObservedPool(containers, backends, entries)))
                .isEmpty();
        backends = Set.of("containers:gone:gone");
        entries.clear();
        assertThat(kinds()).containsExactly(ChaosKind.LOST, ChaosKind.ORPHANED);
    }
}
