// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandbyReaderTest {

    private static final String OPERATION = "/api/v1/operations/1";
    private static final Map<String, String> WELL = Map.of(
            "/api/v1/projects/chaos/graphs",
            "{\"items\":[]}",
            "/api/v1/events",
            "{\"items\":[]}",
            "/health/ready",
            "{\"role\":\"standby\"}",
            OPERATION,
            "{}");

    private final PromiseLedger ledger = new PromiseLedger();
    private TwoServers servers;
    private ServerBalancer balancer;

    @BeforeEach
    void start() throws Exception {
        servers = new TwoServers();
        servers.first.owns = true;
        servers.second.bodies.putAll(WELL);
        balancer = new ServerBalancer(List.of(servers.first, servers.second), 1);
        balancer.start();
        balancer.awaitOwner();
        ledger.operation(OPERATION, "a deploy");
    }

    @AfterEach
    void end() {
        balancer.close();
        servers.close();
    }

    @Test
    void theStandbyIsReadFromAndAGraphMayBeAbsent() throws Exception {
        StandbyReads.ReadSummary sum = read();
        assertThat(sum.failed()).as(sum.toString()).isZero();
        assertThat(sum.count()).isGreaterThan(5);
    }

    @Test
    void anAcknowledgedOperationThatIsUnknownIsAFailedRead() throws Exception {
        servers.second.bodies.remove(OPERATION);
        assertThat(read().firstFailed()).isNotEmpty().allMatch(it -> it.contains(OPERATION + ": 404"));
    }

    @Test
    void readinessWithoutARoleIsAFailedRead() throws Exception {
        servers.second.bodies.put("/health/ready", "{}");
        assertThat(read().failed()).isPositive();
    }

    @Test
    void whoWasHitMeanwhileDoesNotCount() throws Exception {
        servers.second.bodies.clear();
        ServerBackend hitAgainAndAgain = new Hit(servers.second);
        try (ServerBalancer one = new ServerBalancer(List.of(hitAgainAndAgain), 1)) {
            assertThat(read(new StandbyReader(one, ledger, 2)).failed()).isZero();
        }
    }

    /** Each read sees another hit. */
    private static final class Hit implements ServerBackend {
        private final ServerBackend hit;
        private int hits;

        private Hit(ServerBackend hit) {
            this.hit = hit;
        }

        @Override
        public URI url() {
            return hit.url();
        }

        @Override
        public boolean isServing() {
            return true;
        }

        @Override
        public int hits() {
            hits++;
            return hits;
        }

        @Override
        public void tend() throws IOException {
            hit.tend();
        }
    }

    private StandbyReads.ReadSummary read() throws InterruptedException {
        return read(new StandbyReader(balancer, ledger, 2));
    }

    private static StandbyReads.ReadSummary read(StandbyReader reader) throws InterruptedException {
        Thread thread = new Thread(reader);
        thread.start();
        TimeUnit.MILLISECONDS.sleep(1000);
        reader.stop();
        thread.join();
        return reader.sum();
    }
}
