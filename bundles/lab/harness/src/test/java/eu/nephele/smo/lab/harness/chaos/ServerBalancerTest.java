// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerBalancerTest {

    private static final ApiRequest CHANGE = new ApiRequest("POST", "/x", "{}", Optional.of("key-1"));
    private static final int ENOUGH = 60;

    private TwoServers servers;
    private ServerBalancer balancer;
    private ServerApi api;

    @BeforeEach
    void start() throws IOException {
        servers = new TwoServers();
        servers.first.owns = true;
        balancer = new ServerBalancer(List.of(servers.first, servers.second), 1);
        balancer.start();
        api = new ServerApi(balancer);
    }

    @AfterEach
    void end() {
        balancer.close();
        servers.close();
    }

    @Test
    void changesAreMadeByTheOwnerAlsoWhenTheyComeToTheStandbyFirst() throws Exception {
        for (int i = 0; i < ENOUGH; i++) {
            assertThat(api.send(CHANGE).status()).isEqualTo(202);
        }
        assertThat(servers.first.changes).hasValue(ENOUGH);
        assertThat(balancer.sentOn()).isPositive();
        assertThat(balancer.standby()).contains(servers.second);
    }

    @Test
    void whoeverOwnsNowGetsTheCallsAndTheTimeIsTakenFromTheHit() throws Exception {
        api.send(CHANGE);
        CompletableFuture<Long> successor = balancer.expectSuccessor(servers.first);
        api.send(CHANGE);
        assertThat(successor).isNotDone();
        servers.first.owns = false;
        servers.second.owns = true;
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(api.send(CHANGE).status()).isEqualTo(202);
        assertThat(servers.second.changes).hasValue(1);
        assertThat(successor.get(1, TimeUnit.SECONDS)).isBetween(400L, 5000L);
        assertThat(balancer.standby()).contains(servers.first);
    }

    @Test
    void aCallToOneThatOwnsNoLongerIsCutOff() throws Exception {
        servers.second.serving = false;
        balancer.awaitOwner();
        servers.first.hangs = true;
        CompletableFuture<Void> cut = CompletableFuture.runAsync(() -> assertThatThrownBy(() -> api.send(CHANGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no longer owns the database"));
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(cut).isNotDone();
        servers.first.owns = false;
        cut.get(5, TimeUnit.SECONDS);
    }

    @Test
    void readsGoToTheOneThatIsLeft() throws Exception {
        balancer.awaitOwner();
        servers.second.serving = false;
        assertThat(balancer.standby()).contains(servers.first);
        servers.first.serving = false;
        assertThat(balancer.standby()).isEmpty();
    }
}
